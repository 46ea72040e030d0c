"""The literature that the claims come from."""

from verify import Source

rumelhart_1986 = Source(
    "Rumelhart, D. E., Hinton, G. E. and Williams, R. J.",
    "Learning representations by back-propagating errors",
    1986,
    "Nature 323, 533-536",
)
magnus_neudecker_1988 = Source(
    "Magnus, J. R. and Neudecker, H.",
    "Matrix Differential Calculus with Applications in Statistics and Econometrics",
    1988,
    "Wiley",
)
bridle_1990 = Source(
    "Bridle, J. S.",
    "Probabilistic interpretation of feedforward classification network outputs",
    1990,
    "In Neurocomputing, Springer, 227-236",
)
williams_1992 = Source(
    "Williams, R. J.",
    "Simple statistical gradient-following algorithms for connectionist reinforcement learning",
    1992,
    "Machine Learning 8, 229-256",
)
lecun_1998 = Source(
    "LeCun, Y., Bottou, L., Orr, G. B. and Müller, K.-R.",
    "Efficient BackProp",
    1998,
    "In Neural Networks: Tricks of the Trade, Springer, 9-50",
)
dugas_2001 = Source(
    "Dugas, C., Bengio, Y., Bélisle, F., Nadeau, C. and Garcia, R.",
    "Incorporating second-order functional knowledge for better option pricing",
    2001,
    "In Advances in Neural Information Processing Systems 13, 472-478",
)
boyd_2004 = Source("Boyd, S. and Vandenberghe, L.", "Convex Optimization", 2004, "Cambridge University Press")
bishop_2006 = Source("Bishop, C. M.", "Pattern Recognition and Machine Learning", 2006, "Springer")
giles_2008 = Source(
    "Giles, M. B.",
    "Collected matrix derivative results for forward and reverse mode algorithmic differentiation",
    2008,
    "Advances in Automatic Differentiation, 35-44, Springer",
)
glorot_2010 = Source(
    "Glorot, X. and Bengio, Y.",
    "Understanding the difficulty of training deep feedforward neural networks",
    2010,
    "In Proceedings of AISTATS, PMLR 9, 249-256",
)
murphy_2012 = Source("Murphy, K. P.", "Machine Learning: A Probabilistic Perspective", 2012, "MIT Press")
petersen_2012 = Source(
    "Petersen, K. B. and Pedersen, M. S.",
    "The Matrix Cookbook",
    2012,
    "Technical University of Denmark",
)
mikolov_2013_estimation = Source(
    "Mikolov, T., Chen, K., Corrado, G. and Dean, J.",
    "Efficient estimation of word representations in vector space",
    2013,
    "arXiv:1301.3781",
)
mikolov_2013_phrases = Source(
    "Mikolov, T., Sutskever, I., Chen, K., Corrado, G. and Dean, J.",
    "Distributed representations of words and phrases and their compositionality",
    2013,
    "In Advances in Neural Information Processing Systems 26, 3111-3119",
)
goldberg_2014 = Source(
    "Goldberg, Y. and Levy, O.",
    "word2vec explained: deriving Mikolov et al.'s negative-sampling word-embedding method",
    2014,
    "arXiv:1402.3722",
)
rong_2014 = Source("Rong, X.", "word2vec parameter learning explained", 2014, "arXiv:1411.2738")
ioffe_2015 = Source(
    "Ioffe, S. and Szegedy, C.",
    "Batch normalization: accelerating deep network training by reducing internal covariate shift",
    2015,
    "In Proceedings of Machine Learning Research 37, 448-456",
)
he_2015 = Source(
    "He, K., Zhang, X., Ren, S. and Sun, J.",
    "Delving deep into rectifiers: surpassing human-level performance on ImageNet classification",
    2015,
    "In Proceedings of ICCV, 1026-1034",
)
ba_2016 = Source("Ba, J. L., Kiros, J. R. and Hinton, G. E.", "Layer normalization", 2016, "arXiv:1607.06450")
he_2016 = Source(
    "He, K., Zhang, X., Ren, S. and Sun, J.",
    "Identity mappings in deep residual networks",
    2016,
    "In Proceedings of ECCV, 630-645",
)
goodfellow_2016 = Source("Goodfellow, I., Bengio, Y. and Courville, A.", "Deep Learning", 2016, "MIT Press")
vaswani_2017 = Source(
    "Vaswani, A., Shazeer, N., Parmar, N., Uszkoreit, J., Jones, L., Gomez, A. N., Kaiser, Ł. and Polosukhin, I.",
    "Attention is all you need",
    2017,
    "In Advances in Neural Information Processing Systems 30, 5998-6008",
)
ramachandran_2017 = Source(
    "Ramachandran, P., Zoph, B. and Le, Q. V.",
    "Searching for activation functions",
    2017,
    "arXiv:1710.05941",
)
zhang_2019 = Source(
    "Zhang, B. and Sennrich, R.",
    "Root mean square layer normalization",
    2019,
    "Advances in Neural Information Processing Systems 32",
)
katharopoulos_2020 = Source(
    "Katharopoulos, A., Vyas, A., Pappas, N. and Fleuret, F.",
    "Transformers are RNNs: fast autoregressive transformers with linear attention",
    2020,
    "In Proceedings of Machine Learning Research 119, 5156-5165",
)
blanchard_2021 = Source(
    "Blanchard, P., Higham, D. J. and Higham, N. J.",
    "Accurately computing the log-sum-exp and softmax functions",
    2021,
    "IMA Journal of Numerical Analysis 41, 2311-2330",
)
dao_2022 = Source(
    "Dao, T., Fu, D. Y., Ermon, S., Rudra, A. and Ré, C.",
    "FlashAttention: fast and memory-efficient exact attention with IO-awareness",
    2022,
    "In Advances in Neural Information Processing Systems 35, 16344-16359",
)
