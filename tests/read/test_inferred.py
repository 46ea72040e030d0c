"""Without a context: what names may mean is read off the formulas, listed, and refutes nothing by itself."""

import pytest

import verify
from verify.language import Proved, Undecided, word
from verify.read import read
from verify.read.judge import judge


def verdicts(*formulas: str) -> list[str]:
    document = read("\n\n".join(f"$${formula}$$" for formula in formulas), "hw.md")
    return [word(each.verdict) for each in judge(document)]


def assumed(*formulas: str) -> tuple[str, ...]:
    document = read("\n\n".join(f"$${formula}$$" for formula in formulas), "hw.md")
    return document.steps[-1].assumed


@pytest.mark.parametrize(
    ("formulas", "expected", "why"),
    [
        ([r"(a + b)^2 = a^2 + 2ab + b^2"], ["proved"], "small letters are numbers"),
        ([r"\tanh(x) = 2\sigma(2x) - 1 = 26(2x) - 1"], ["proved", "refuted"], "an identity in one number"),
        ([r"\frac{d}{dx}\sigma(x) = \sigma(x)(1 - \sigma(x))"], ["proved"], "a derivative by it"),
        (["y = W x + b", r"\frac{\partial y}{\partial x} = W"], ["stated", "proved"], "an affine layer"),
        (["z = W_2 (W_1 x + b_1) + b_2 = W_2 W_1 x + W_2 b_1 + b_2"], ["stated", "proved"], "two of them"),
        ([r"h = \sigma(W x + b)", r"\hat y = softmax(U h + c)"], ["stated", "stated"], "one after the other"),
        (["(A B)^T = B^T A^T"], ["proved"], "capitals are matrices"),
        (["u^T v = v^T u"], ["proved"], "what is transposed is a column"),
        ([r"softmax(x_i) = \frac{e^{x_i}}{\sum_j e^{x_j}}"], ["proved"], "what has an index is a vector"),
        (
            [r"s_i = \frac{e^{x_i}}{\sum_j e^{x_j}}", r"\frac{\partial s_i}{\partial x_j} = s_i (\delta_{ij} - s_j)"],
            ["stated", "proved"],
            "a softmax and its derivative",
        ),
        (
            [r"z_j = \sum_i w_{ij} x_i + b_j", r"\frac{\partial z_j}{\partial x_i} = w_{ij}"],
            ["stated", "proved"],
            "a layer by its entries",
        ),
        ([r"\sum_{i=1}^n (x_i + y_i) = \sum_{i=1}^n x_i + \sum_{i=1}^n y_i"], ["proved"], "a sum with bounds"),
        # nothing is refuted by what is only assumed
        (["p - y = q"], ["undecided"], "what other formulas may have said"),
        (["(a + b)^2 = a^2 + b^2"], ["undecided"], "of two numbers"),
        (["2x = 4"], ["undecided"], "an equation for a number"),
        (
            ["y = W x + b", r"\frac{\partial y}{\partial x} = W^T"],
            ["stated", "undecided"],
            "another layout may be meant",
        ),
        (["(A B)^T = A^T B^T"], ["undecided"], "shapes that do not fit"),
        (["y = w^T x + b", r"2y = 2 w^T x + 2b"], ["stated", "proved"], "an inner product and a number"),
        (["W x = x^T W^T"], ["undecided"], "what would make a matrix of one row is doubtful"),
        (["Y = X W + b"], ["undecided"], "whether b is added to each row is not said"),
        (
            ["Y = X W + b", r"\frac{\partial L}{\partial W} = X^T \frac{\partial L}{\partial Y}"],
            ["undecided", "undecided"],
            "nor is it for what follows",
        ),
        ([r"\frac{\partial J}{\partial W} = \delta x^T"], ["undecided"], "a loss of which nothing is said"),
        (["w := w + w"], ["undecided"], "an update"),
        # what stays unclear is not read
        (["f(x) g(x) = g(x) f(x)"], ["unreadable"], "a letter before a letter in parentheses is a function"),
        ([r"\sum_{w \in V} x_w = 1"], ["unreadable"], "a set"),
        (["x^{(2)} = x^{(2)} + 0"], ["unreadable"], "a tag"),
        (["A B + x A = x A + A B"], ["proved"], "a small letter before a capital is a number"),
    ],
)
def test_without_a_context(formulas: list[str], expected: list[str], why: str) -> None:
    assert verdicts(*formulas) == expected, why


def test_what_is_assumed_is_listed() -> None:
    assert assumed("y = W x + b") == ("y is m x 1", "W is m x n", "x is n x 1", "b is m x 1")
    assert assumed("y = W x + b", r"\frac{\partial y}{\partial x} = W") == ("W is m x n", "b is m x 1", "x is n x 1")
    assert assumed("a + b = b + a") == ("a is a number", "b is a number")


def test_it_is_said_why_nothing_is_refuted() -> None:
    (judgment,) = judge(read("$$p - y = q$$", "hw.md"))
    assert judgment.verdict == Undecided("ambiguous", "what p and q and y may be is assumed, and not said")


TWO = r"$u = A x$, $v = B x$ "
AFFINE = r"$y = W x + b$ and $\delta = \frac{\partial J}{\partial y}$. "


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (AFFINE + r"$$\frac{\partial J}{\partial W} = \delta x^T$$", Proved, "a loss of the one quantity that is made"),
        (AFFINE + r"$$\frac{\partial J}{\partial x} = W^T \delta$$", Proved, "its gradient by the input"),
        (AFFINE + r"$$\frac{\partial J}{\partial x} = W \delta$$", Undecided, "nothing is refuted on such grounds"),
        (AFFINE + r"$$\frac{\partial J}{\partial b} = 2 \delta$$", Undecided, "nor here"),
        (r"$y = W x$ $$\frac{\partial L}{\partial x} = W^T \frac{\partial L}{\partial y}$$", Proved, "another letter"),
        (r"$z = W x$, $y = \sigma(z)$ $$\frac{\partial J}{\partial z} = y$$", Undecided, "of the last of them"),
        (TWO + r"$$\frac{\partial J}{\partial x} = x$$", Undecided, "of two it is not clear which"),
        (
            TWO + r"$$\frac{\partial J}{\partial x} = A^T \frac{\partial J}{\partial u}$$",
            Undecided,
            "true of one",
        ),
        (
            TWO + r"$$\frac{\partial J}{\partial x}"
            r" = A^T \frac{\partial J}{\partial u} + B^T \frac{\partial J}{\partial v}$$",
            Proved,
            "true whichever it is",
        ),
        (TWO + r"$$\frac{\partial J}{\partial A} = \frac{\partial J}{\partial u} x^T$$", Proved, "so is this"),
        (TWO + r"$$\nabla_A J = \frac{\partial J}{\partial u} x^T$$", Proved, "by a nabla"),
        (r"$$\frac{\partial J}{\partial x} = x$$", Undecided, "nothing is made"),
        (
            r"$$\frac{\partial J}{\partial x} = \frac{\partial J}{\partial x}$$",
            Undecided,
            "nor is this sure",
        ),
        (r"$y = W x$ $$\frac{\partial C}{\partial x} = W^T \frac{\partial C}{\partial y}$$", Proved, "a cost"),
    ],
)
def test_a_loss_of_which_nothing_is_said(text: str, expected: type, why: str) -> None:
    *_, last = verify.check(text)
    assert isinstance(last.verdict, expected), f"{why}: {last.verdict}"


def test_the_loss_is_listed_with_what_it_is_supposed_to_depend_on() -> None:
    *_, last = verify.check(AFFINE + r"$$\frac{\partial J}{\partial W} = \delta x^T$$")
    assert "J is a function of y" in last.assumed


def test_the_candidates_for_a_loss_are_listed_and_one_for_which_it_holds_is_suggested() -> None:
    *_, last = verify.check(TWO + r"$$\frac{\partial J}{\partial x} = A^T \frac{\partial J}{\partial u}$$")
    says = "J may be a function of u or v, or of more than one of them"
    assert last.verdict == Undecided("ambiguous", says)
    assert last.suggestion == "proved if read as J is a function of u"
    *_, last = verify.check(r"$$\frac{\partial J}{\partial x} = W^T \delta$$")
    says = "W may be m x n (y = W x), n x m (y = W^T x), n x m (y = x W) or m x n (y = x W^T)"
    assert last.verdict == Undecided("ambiguous", f"{says}; the link holds for the first")
    *_, last = verify.check(r"$$\frac{\partial J}{\partial x} = V^T W^T \delta$$")
    assert last.verdict == Undecided("ambiguous", "J is a loss, and what it is a function of is not said")


# What students write without a context, each with the verdict on its last formula.
LOGISTIC = r"$$p = \sigma(w^T x + b)$$ $$L = -y \log p - (1 - y) \log(1 - p)$$ "
MLP = (
    r"$z_1 = W_1 x + b_1$, $h = \sigma(z_1)$, $z_2 = W_2 h + b_2$, $\hat y = \mathrm{softmax}(z_2)$, "
    r"$J = -\sum_i y_i \log \hat y_i$. "
)
SOFTMAX = r"$$p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$$ $$L = -\sum_i y_i \log p_i$$ "
VECTORS = r"$$J = -u_o^T v_c + \log \sum_{w=1}^V \exp(u_w^T v_c)$$ "
NEGATIVE = r"$$J = -\log \sigma(u_o^T v_c) - \sum_{k=1}^K \log \sigma(-u_k^T v_c)$$ "
STEP = r"$$h_t = \tanh(W h_{t-1} + U x_t + b)$$ "
GATES = (
    r"$$i = \sigma(W_i x + U_i h + b_i), \quad f = \sigma(W_f x + U_f h + b_f)$$"
    r"$$g = \tanh(W_g x + U_g h + b_g), \quad c' = f \odot c + i \odot g$$ "
)
RIDGE = r"$$J = \|Xw - y\|^2 + \lambda \|w\|^2$$ "
NORM = (
    r"$$\mu = \frac{1}{d} \sum_{i=1}^d x_i, \quad \sigma^2 = \frac{1}{d} \sum_{i=1}^d (x_i - \mu)^2,"
    r" \quad \hat x_i = \frac{x_i - \mu}{\sqrt{\sigma^2 + \epsilon}}$$ "
)
BATCH = r"$$Y = X W + \mathbf{1} b^T$$ "


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (MLP + r"$$\frac{\partial J}{\partial z_2} = \hat y \sum_i y_i - y$$", Proved, "softmax and cross-entropy"),
        (MLP + r"$$\frac{\partial J}{\partial z_2} = \hat y - y$$", Undecided, "true only where y sums to 1"),
        (MLP + r"$$\frac{\partial J}{\partial h} = W_2^T \frac{\partial J}{\partial z_2}$$", Proved, "one layer back"),
        (MLP + r"$$\frac{\partial J}{\partial h} = W_2 \frac{\partial J}{\partial z_2}$$", Undecided, "not refuted"),
        (
            MLP + r"$$\frac{\partial J}{\partial z_1}"
            r" = (W_2^T \frac{\partial J}{\partial z_2}) \odot \sigma'(z_1)$$",
            Proved,
            "through the activation",
        ),
        (MLP + r"$$\frac{\partial J}{\partial W_1} = \frac{\partial J}{\partial z_1} x^T$$", Proved, "first weights"),
        (MLP + r"$$\frac{\partial J}{\partial b_1} = \frac{\partial J}{\partial z_1}$$", Proved, "first bias"),
        (SOFTMAX + r"$$\frac{\partial L}{\partial z_k} = p_k \sum_i y_i - y_k$$", Proved, "by entries"),
        (LOGISTIC + r"$$\frac{\partial L}{\partial w} = (p - y) x$$", Proved, "logistic regression"),
        (LOGISTIC + r"$$\frac{\partial L}{\partial w} = (y - p) x$$", Undecided, "its sign"),
        (VECTORS + r"$$\frac{\partial J}{\partial v_c} = -u_o + \sum_{w=1}^V"
         r" \frac{\exp(u_w^T v_c)}{\sum_{x=1}^V \exp(u_x^T v_c)} u_w$$", Proved, "word vectors"),
        (NEGATIVE + r"$$\frac{\partial J}{\partial v_c} = (\sigma(u_o^T v_c) - 1) u_o"
         r" + \sum_{k=1}^K (1 - \sigma(-u_k^T v_c)) u_k$$", Proved, "negative samples"),
        (STEP + r"$$\frac{\partial h_t}{\partial h_{t-1}} = \mathrm{diag}(1 - h_t \odot h_t) W$$", Proved, "one step"),
        (STEP + r"$$\frac{\partial h_t}{\partial h_{t-1}} = W$$", Undecided, "the activation is lost"),
        (GATES + r"$$\frac{\partial c'}{\partial c} = \mathrm{diag}(f)$$", Proved, "gates"),
        (r"$$h' = (1 - z) \odot h + z \odot \tilde h$$ $$\frac{\partial h'}{\partial \tilde h} = \mathrm{diag}(z)$$",
         Proved, "a gate and its complement"),
        (RIDGE + r"$$\nabla_w J = 2 X^T (X w - y) + 2 \lambda w$$", Proved, "ridge regression"),
        (RIDGE + r"$$\nabla_w J = 2 X^T (X w - y) + \lambda w$$", Undecided, "a factor"),
        (r"$$J(w) = (Xw - y)^T (Xw - y)$$ $$\frac{\partial J}{\partial w} = 2 X^T X w - 2 X^T y$$", Proved, "of w"),
        (r"$$L = \frac{1}{2} \sum_{i=1}^n (w^T x_i - y_i)^2$$ $$\nabla_w L = \sum_{i=1}^n (w^T x_i - y_i) x_i$$",
         Proved, "a sum over samples"),
        (NORM + r"$$\sum_i \hat x_i = 0$$", Proved, "layer norm"),
        (NORM + r"$$\frac{\partial \sigma^2}{\partial x_i} = \frac{2}{d} (x_i - \mu)$$", Proved, "its variance"),
        (NORM + r"$$\sigma^2 = \frac{1}{d} \sum_{i=1}^d x_i^2 - \mu^2$$", Proved, "in another form"),
        (BATCH + r"$$\frac{\partial J}{\partial W} = X^T \frac{\partial J}{\partial Y}$$", Proved, "a batch"),
        (BATCH + r"$$\frac{\partial J}{\partial b} = \left(\frac{\partial J}{\partial Y}\right)^T \mathbf{1}$$",
         Proved, "b"),
        (r"$$y = x W + b$$ $$\frac{\partial J}{\partial W} = x^T \frac{\partial J}{\partial y}$$", Proved, "rows"),
        (r"$$a = softmax\left(\frac{K q}{\sqrt{d}}\right), \quad o = V^T a$$ $$\sum_i a_i = 1$$", Proved, "attention"),
        (r"$$\alpha_i = \frac{\exp(k_i^T q)}{\sum_{j=1}^n \exp(k_j^T q)}$$ $$\sum_{i=1}^n \alpha_i = 1$$",
         Proved, "keys as vectors"),
        (r"$$h = m \odot a$$ $$\frac{\partial J}{\partial a} = m \odot \frac{\partial J}{\partial h}$$",
         Proved, "a mask"),
        (r"$$R = \frac{\lambda}{2} w^T w$$ $$\frac{\partial R}{\partial w} = \lambda w$$", Proved, "regularization"),
        (r"$$\frac{\partial}{\partial W} \frac{\lambda}{2} \|W\|_F^2 = \lambda W$$", Proved, "of a matrix"),
        (r"$$f(x) = x^T A x$$ $$\nabla_x f = (A + A^T) x$$", Proved, "a quadratic form"),
        (r"$$\mathrm{tr}(A B) = \mathrm{tr}(B A)$$", Proved, "traces"),
        (r"$$\frac{\partial\, \mathrm{tr}(A B)}{\partial A} = B$$", Undecided, "a transpose"),
        (r"$$L = \frac{1}{n} \sum_{i=1}^n (y_i - \hat y_i)^2$$"
         r" $$\frac{\partial L}{\partial \hat y_i} = -\frac{2}{n} (y_i - \hat y_i)$$", Proved, "a mean of squares"),
    ],
)  # fmt: skip
def test_what_students_write(text: str, expected: type, why: str) -> None:
    *_, last = verify.check(text)
    assert isinstance(last.verdict, expected), f"{why}: {last.verdict}"


def test_a_square_of_a_name_that_is_known_is_no_new_name() -> None:
    assert verdicts("s = a + b", "s^2 = a^2 + 2ab + b^2") == ["stated", "proved"]
    assert verdicts("s = a + b", "s^2 = a^2 + b^2") == ["stated", "undecided"]


def test_sizes_that_turn_out_to_be_equal() -> None:
    assert assumed("a = A x", "b = B x", "c = a + b") == ("c is p x 1",)
    assert verdicts("a = A x", "b = B x", "c = a + b", "c = (A + B) x")[-1] == "proved"
    assert verdicts("a = A x", "b = B x", "c = a + b", "c = A x")[-1] == "undecided"


def test_a_name_that_may_be_one_of_two() -> None:
    names = {"names": {r"\mathbf{X}": "n x n", r"\mathcal{X}": "n x n"}}
    (judgment,) = verify.check("$$X + X = 2X$$", names)
    assert judgment.verdict == Undecided("ambiguous", r"X may be \mathbf{X} or \mathcal{X}")
    (judgment,) = verify.check(r"$$\mathbf{X} + \mathbf{X} = 2 \mathbf{X}$$", names)
    assert isinstance(judgment.verdict, Proved)
