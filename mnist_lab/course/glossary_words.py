"""Which words the glossary has, what goes with each, and where it can be seen. Their texts: `glossary.md`. No Qt."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GlossaryWord:
    """One entry of the glossary, without its text.

    Attributes:
        id: stable; its heading in the text.
        related: ids of other entries.
        place: where it can be seen: a key of `places.PLACES`.
        lights: objectNames to light up there, the most important first.
    """

    id: str
    related: tuple[str, ...]
    place: str
    lights: tuple[str, ...]


WORDS: tuple[GlossaryWord, ...] = (
    # The digits
    GlossaryWord("mnist", ("training_set", "test_set", "label"), "data.images", ("dataGrid",)),
    GlossaryWord("image", ("pixel", "label", "tensor"), "data.images", ("dataImage", "dataGrid")),
    GlossaryWord("pixel", ("image", "scaling", "weight"), "data.images", ("dataImage",)),
    GlossaryWord("label", ("one_hot", "class", "loss"), "data.images", ("dataGrid", "dataDigit")),
    GlossaryWord("class", ("label", "one_hot", "confusion_matrix"), "data.digits", ("classPictures",)),
    GlossaryWord("training_set", ("test_set", "validation_set", "overfitting"), "data.images", ("dataPart",)),
    GlossaryWord("test_set", ("training_set", "accuracy", "overfitting"), "data.images", ("dataPart",)),
    GlossaryWord("validation_set", ("held_out", "test_set"), "train", ("validation",)),
    GlossaryWord("held_out", ("validation_set", "training_set"), "train", ("validation", "heldOutShare")),
    GlossaryWord("preparation", ("scaling", "reshape", "one_hot"), "data.preparation", ("preparationCode",)),
    GlossaryWord("scaling", ("preparation", "pixel", "dtype"), "data.preparation", ("preparationNumbersAfter",)),
    GlossaryWord("centre_of_mass", ("preparation", "mnist"), "draw.preparing", ("centreStep",)),
    GlossaryWord("one_hot", ("label", "softmax", "cross_entropy"), "data.preparation", ("preparationNumbersAfter",)),
    GlossaryWord("shuffling", ("batch", "epoch", "seed"), "train", ("batchOrder",)),
    GlossaryWord("histogram", ("mean", "standard_deviation"), "data.digits", ("greyHistogram",)),
    GlossaryWord("mean", ("standard_deviation", "histogram"), "data.digits", ("classPictures",)),
    GlossaryWord("standard_deviation", ("mean", "histogram"), "data.digits", ("classPictures",)),
    GlossaryWord(
        "moved_copies", ("training_set", "overfitting", "robustness"), "data.moved", ("movedGrid", "movedCopies")
    ),
    # The network
    GlossaryWord("network", ("layer", "parameter", "training"), "train", ("hiddenUnits", "arithmetic")),
    GlossaryWord("layer", ("unit", "kernel", "activation"), "train", ("hiddenUnits", "addLayerButton")),
    GlossaryWord("unit", ("weight", "bias", "relu"), "weights.units", ("unitTiles",)),
    GlossaryWord("weight", ("kernel", "bias", "gradient_update"), "weights.units", ("unitPicture",)),
    GlossaryWord("kernel", ("weight", "bias", "matrix_product"), "weights.layers", ("layerMatrix",)),
    GlossaryWord("bias", ("weight", "unit"), "draw.inside", ("evidenceBias", "drawCanvas")),
    GlossaryWord("parameter", ("weight", "bias", "kernel"), "train", ("arithmetic",)),
    GlossaryWord("activation", ("relu", "sigmoid", "softmax"), "train", ("activation",)),
    GlossaryWord("relu", ("activation", "dead_unit", "element_wise"), "tensors.operations", ("operationPicture",)),
    GlossaryWord("sigmoid", ("activation", "relu", "derivative"), "train", ("activation",)),
    GlossaryWord("dead_unit", ("relu", "gradient", "initial_weights"), "weights.layers", ("inactivePlot",)),
    GlossaryWord("logits", ("softmax", "layer"), "draw.softmax", ("softmaxTotal",)),
    GlossaryWord("softmax", ("logits", "confidence", "temperature"), "draw.softmax", ("softmaxTemperature",)),
    GlossaryWord("temperature", ("softmax", "confidence"), "draw.softmax", ("softmaxTemperature",)),
    GlossaryWord(
        "evidence", ("dot_product", "weight", "bias"), "draw.inside", ("evidencePicture", "evidenceBars", "drawCanvas")
    ),
    GlossaryWord("contribution", ("weight", "evidence", "forward_pass"), "draw.network", ("drawnNetworkPicture",)),
    GlossaryWord("initial_weights", ("glorot", "he", "seed"), "train", ("initialWeights",)),
    GlossaryWord("glorot", ("initial_weights", "he"), "train", ("initialWeights",)),
    GlossaryWord("he", ("initial_weights", "glorot", "relu"), "train", ("initialWeights",)),
    GlossaryWord("seed", ("initial_weights", "shuffling"), "train", ("seed",)),
    # Training
    GlossaryWord("training", ("loss", "gradient_update", "epoch"), "train", ("startButton", "lossPlot")),
    GlossaryWord("batch", ("gradient_update", "epoch", "mini_batch_noise"), "train", ("batchSize",)),
    GlossaryWord("epoch", ("batch", "gradient_update"), "train", ("epochs",)),
    GlossaryWord("gradient_update", ("gradient", "learning_rate", "batch"), "descent.update.update", ("updateTaken",)),
    GlossaryWord("loss", ("cross_entropy", "gradient", "accuracy"), "train", ("lossPlot",)),
    GlossaryWord("cross_entropy", ("loss", "softmax", "one_hot"), "descent.update.loss", ("updateLossPlot",)),
    GlossaryWord("optimizer", ("sgd", "rmsprop", "adam"), "train", ("optimizer",)),
    GlossaryWord("learning_rate", ("gradient_update", "stability_limit", "divergence"), "train", ("learningRate",)),
    GlossaryWord(
        "sgd", ("gradient_descent", "batch", "momentum"), "descent.curve", ("descentRule_sgd", "descentCurve")
    ),
    GlossaryWord(
        "momentum", ("nesterov", "local_minimum", "sgd"), "descent.curve", ("descentRule_sgd_momentum", "descentCurve")
    ),
    GlossaryWord("nesterov", ("momentum", "sgd"), "descent.curve", ("descentRule_sgd_nesterov", "descentCurve")),
    GlossaryWord("adagrad", ("rmsprop", "optimizer"), "descent.curve", ("descentRule_adagrad", "descentCurve")),
    GlossaryWord(
        "rmsprop", ("adagrad", "adam", "moving_average"), "descent.curve", ("descentRule_rmsprop", "descentCurve")
    ),
    GlossaryWord(
        "adam", ("rmsprop", "momentum", "moving_average"), "descent.curve", ("descentRule_adam", "descentCurve")
    ),
    GlossaryWord("adamw", ("adam", "l2"), "train", ("optimizer",)),
    GlossaryWord("nadam", ("adam", "nesterov"), "train", ("optimizer",)),
    GlossaryWord(
        "moving_average", ("rmsprop", "adam", "momentum"), "descent.curve", ("descentState", "descentLookedAt")
    ),
    GlossaryWord("epsilon", ("rmsprop", "adam"), "train", ("optimizer_epsilon", "optimizer")),
    GlossaryWord("overfitting", ("test_set", "dropout", "l2"), "train", ("gapNotice", "accuracyPlot")),
    GlossaryWord("dropout", ("overfitting", "l2"), "train", ("dropout",)),
    GlossaryWord("l2", ("overfitting", "dropout", "weight"), "train", ("l2",)),
    GlossaryWord("plateau", ("saddle_point", "gradient"), "train", ("lossPlot",)),
    GlossaryWord("divergence", ("learning_rate", "stability_limit"), "descent.curve", ("descentRate", "descentCurve")),
    GlossaryWord("race", ("optimizer", "seed", "batch"), "experiments.race", ("racersStart", "racersLoss")),
    GlossaryWord(
        "range_test", ("learning_rate", "divergence", "stability_limit"), "experiments.range", ("rangeTestStart",)
    ),
    GlossaryWord("logarithmic_axis", ("loss",), "train", ("lossLogScale", "lossPlot")),
    GlossaryWord("forward_pass", ("backward_pass", "loss"), "descent.update.forward", ("updateForward0",)),
    GlossaryWord("backward_pass", ("backpropagation", "forward_pass"), "descent.naive.all", ("sweepBackward",)),
    # Derivatives and descent
    GlossaryWord(
        "derivative", ("slope", "gradient", "linear_approximation"), "descent.line", ("linePicture", "lineSlope")
    ),
    GlossaryWord("slope", ("derivative", "gradient"), "descent.line", ("linePicture", "lineDirection")),
    GlossaryWord(
        "gradient",
        ("derivative", "gradient_update", "backpropagation"),
        "descent.update.gradient",
        ("updateUnitGradient", "updateLayerGradient"),
    ),
    GlossaryWord("linear_approximation", ("derivative", "slope"), "descent.line", ("lineEpsilon", "linePicture")),
    GlossaryWord("finite_difference", ("derivative", "forward_pass"), "descent.naive.weight", ("naiveLossPlot",)),
    GlossaryWord("rounding", ("dtype", "finite_difference"), "descent.line.all", ("errorPicture", "roundingCaption")),
    GlossaryWord("backpropagation", ("chain_rule", "gradient", "backward_pass"), "descent.naive.all", ("sweepPlot",)),
    GlossaryWord("chain_rule", ("backpropagation", "derivative"), "descent.update.gradient", ("updateUnitGradient",)),
    GlossaryWord("gradient_descent", ("gradient_update", "learning_rate", "sgd"), "descent.curve", ("descentCurve",)),
    GlossaryWord("mini_batch_noise", ("batch", "sgd"), "descent.curve", ("descentNoise", "descentCurve")),
    GlossaryWord("standard_error", ("mini_batch_noise", "standard_deviation"), "descent.curve", ("descentNoise",)),
    GlossaryWord(
        "local_minimum", ("global_minimum", "momentum", "basin"), "descent.curve", ("descentFunction", "descentCurve")
    ),
    GlossaryWord("global_minimum", ("local_minimum", "loss"), "descent.curve", ("descentCurve",)),
    GlossaryWord("basin", ("local_minimum", "gradient_descent"), "descent.curve", ("descentCurve",)),
    GlossaryWord("saddle_point", ("local_minimum", "plateau"), "descent.surface", ("surfaceKind", "surfacePicture")),
    GlossaryWord("curvature", ("slope", "stability_limit", "condition"), "descent.surface", ("sectionPicture",)),
    GlossaryWord("condition", ("curvature", "momentum"), "descent.surface", ("surfaceCondition", "surfacePicture")),
    GlossaryWord("stability_limit", ("learning_rate", "curvature", "divergence"), "descent.curve", ("descentRuler",)),
    GlossaryWord("cosine", ("gradient", "dot_product"), "descent.naive.all", ("sweepCosine",)),
    # Tensors
    GlossaryWord("tensor", ("rank", "shape", "dtype"), "tensors.arrays", ("tensorPicture",)),
    GlossaryWord("axis", ("rank", "shape", "batch_axis"), "tensors.arrays", ("tensorBars",)),
    GlossaryWord("rank", ("axis", "tensor"), "tensors.arrays", ("tensorRank",)),
    GlossaryWord("shape", ("axis", "rank"), "tensors.arrays", ("tensorShape",)),
    GlossaryWord("dtype", ("tensor", "scaling"), "tensors.arrays", ("tensorType", "tensorBytes")),
    GlossaryWord("slice", ("axis", "batch"), "tensors.arrays", ("tensorExpression", "tensorStack")),
    GlossaryWord("batch_axis", ("axis", "batch", "slice"), "tensors.arrays", ("tensorBatch", "tensorExpression")),
    GlossaryWord("reshape", ("shape", "transpose"), "tensors.operations", ("operationChoice", "operationPicture")),
    GlossaryWord("transpose", ("reshape", "axis"), "tensors.operations", ("operationChoice", "operationPicture")),
    GlossaryWord("element_wise", ("relu", "broadcasting"), "tensors.operations", ("operationPicture",)),
    GlossaryWord(
        "broadcasting", ("element_wise", "bias"), "tensors.operations", ("operationChoice", "operationPicture")
    ),
    GlossaryWord(
        "dot_product", ("matrix_product", "unit"), "tensors.operations", ("operationPicture", "operationArithmetic")
    ),
    GlossaryWord("matrix_product", ("dot_product", "layer", "kernel"), "tensors.operations", ("operationPicture",)),
    GlossaryWord("vectorised", ("element_wise", "batch"), "tensors.operations", ("timeBothButton", "operationListing")),
    # Judging
    GlossaryWord("accuracy", ("loss", "interval", "test_set"), "evaluate.answers", ("testAccuracy",)),
    GlossaryWord("interval", ("accuracy", "test_set"), "evaluate.answers", ("accuracyInterval", "testAccuracy")),
    GlossaryWord("confusion_matrix", ("class", "accuracy"), "evaluate.answers", ("confusionMatrix",)),
    GlossaryWord("confidence", ("softmax", "threshold"), "draw.answer", ("probabilities",)),
    GlossaryWord(
        "threshold", ("confidence", "accuracy"), "evaluate.certainty", ("confidenceThreshold", "thresholdPlot")
    ),
    GlossaryWord("robustness", ("accuracy", "noise"), "evaluate.robustness", ("measureButton", "shiftPlot")),
    GlossaryWord("noise", ("robustness", "confidence"), "evaluate.robustness", ("noisePicture", "noisePlot")),
    GlossaryWord("pca", ("t_sne", "standard_deviation"), "evaluate.map", ("mapMethod", "pointMap")),
    GlossaryWord("t_sne", ("pca", "layer"), "evaluate.map", ("mapMethod", "pointMap")),
    # Runs
    GlossaryWord("run", ("moment", "fork", "snapshot"), "runs", ("runTable", "noRuns")),
    GlossaryWord("snapshot", ("run", "replay", "weight"), "runs", ("runBudget", "runTable")),
    GlossaryWord("hand", ("moved_copies", "fork", "label"), "draw.digits", ("handButton", "learnHandButton")),
    GlossaryWord("moment", ("run", "replay", "gradient_update"), "train", ("momentSlider", "momentLabel")),
    GlossaryWord("replay", ("moment", "snapshot", "seed"), "train", ("momentSlider", "momentLabel")),
    GlossaryWord("fork", ("moment", "run"), "runs.family", ("familyTree", "runTable")),
    GlossaryWord("sweep", ("grid_search", "random_search", "main_effect"), "experiments.sweep", ("trialSweepTable",)),
    GlossaryWord("grid_search", ("sweep", "random_search"), "experiments.sweep", ("trialSweepKind",)),
    GlossaryWord("random_search", ("sweep", "grid_search", "seed"), "experiments.sweep", ("trialSweepKind",)),
    GlossaryWord("main_effect", ("sweep", "interval", "accuracy"), "experiments.sweep", ("trialSweepEffects",)),
    GlossaryWord("rank_correlation", ("main_effect", "sweep"), "experiments.sweep", ("trialSweepEffects",)),
    GlossaryWord("keras_program", ("network", "seed", "notebook"), "train.program", ("programCode", "networkTabs")),
    GlossaryWord("notebook", ("keras_program",), "train.program", ("programSaveButton",)),
    GlossaryWord("callback", ("keras_program", "epoch"), "train.program", ("programChecks", "programCode")),
    GlossaryWord(
        "bit_identical", ("seed", "rounding", "replay"), "train.program", ("programChecks", "programCompareButton")
    ),
    GlossaryWord("xla", ("bit_identical", "rounding", "keras_program"), "train.program", ("programChecks",)),
)
"""In the order of the chapter; the glossary is listed by the terms."""
