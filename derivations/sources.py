"""The literature that the claims come from."""

from verify import Source

rumelhart_1986 = Source(
    "Rumelhart, D. E., Hinton, G. E. and Williams, R. J.",
    "Learning representations by back-propagating errors",
    1986,
    "Nature 323, 533-536",
)
bridle_1990 = Source(
    "Bridle, J. S.",
    "Probabilistic interpretation of feedforward classification network outputs",
    1990,
    "In Neurocomputing, Springer, 227-236",
)
lecun_1998 = Source(
    "LeCun, Y., Bottou, L., Orr, G. B. and Müller, K.-R.",
    "Efficient BackProp",
    1998,
    "In Neural Networks: Tricks of the Trade, Springer, 9-50",
)
bishop_2006 = Source("Bishop, C. M.", "Pattern Recognition and Machine Learning", 2006, "Springer")
goodfellow_2016 = Source("Goodfellow, I., Bengio, Y. and Courville, A.", "Deep Learning", 2016, "MIT Press")
