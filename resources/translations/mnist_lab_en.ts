<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>AnswersTab</name>
    <message numerus="yes">
        <source>%Ln digit(s) of your own, mistakes first</source>
        <translation>
            <numerusform>%Ln digit of your own, mistakes first</numerusform>
            <numerusform>%Ln digits of your own, mistakes first</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) not recognised, most confident mistakes first</source>
        <translation>
            <numerusform>%Ln image not recognised, most confident mistakes first</numerusform>
            <numerusform>%Ln images not recognised, most confident mistakes first</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) of {label} recognised, most confident first</source>
        <translation>
            <numerusform>%Ln image of {label} recognised, most confident first</numerusform>
            <numerusform>%Ln images of {label} recognised, most confident first</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) of {label} taken for {answer}, most confident first</source>
        <translation>
            <numerusform>%Ln image of {label} taken for {answer}, most confident first</numerusform>
            <numerusform>%Ln images of {label} taken for {answer}, most confident first</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChoiceWords</name>
    <message numerus="yes">
        <source>Go on: %Ln more epoch(s)</source>
        <translation>
            <numerusform>Go on: %Ln more epoch</numerusform>
            <numerusform>Go on: %Ln more epochs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DrawCanvas</name>
    <message numerus="yes">
        <source>%n stroke(s)</source>
        <translation>
            <numerusform>%n stroke</numerusform>
            <numerusform>%n strokes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DrawPage</name>
    <message numerus="yes">
        <source>After %Ln update(s): {first}, ahead of the next by {margin:.1f} points.</source>
        <translation>
            <numerusform>After %Ln update: {first}, ahead of the next by {margin:.1f} points.</numerusform>
            <numerusform>After %Ln updates: {first}, ahead of the next by {margin:.1f} points.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After %Ln update(s): {first}; all other digits share the rest.</source>
        <translation>
            <numerusform>After %Ln update: {first}; all other digits share the rest.</numerusform>
            <numerusform>After %Ln updates: {first}; all other digits share the rest.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EffectWords</name>
    <message numerus="yes">
        <source>Left out of the means, because they have no accuracy: %n run(s).</source>
        <translation>
            <numerusform>Left out of the means, because they have no accuracy: %n run.</numerusform>
            <numerusform>Left out of the means, because they have no accuracy: %n runs.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportWords</name>
    <message numerus="yes">
        <source>%Ln run(s)</source>
        <translation>
            <numerusform>%Ln run</numerusform>
            <numerusform>%Ln runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln run(s) exported into “{folder}”.</source>
        <translation>
            <numerusform>%Ln run exported into “{folder}”.</numerusform>
            <numerusform>%Ln runs exported into “{folder}”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %Ln more run(s) could not.</source>
        <translation>
            <numerusform>And %Ln more run could not.</numerusform>
            <numerusform>And %Ln more runs could not.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FlowWords</name>
    <message numerus="yes">
        <source>%Ln other(s)</source>
        <translation>
            <numerusform>%Ln other</numerusform>
            <numerusform>%Ln others</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{value} (%Ln more line(s))</source>
        <translation>
            <numerusform>{value} (%Ln more line)</numerusform>
            <numerusform>{value} (%Ln more lines)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{value} (%Ln other(s))</source>
        <translation>
            <numerusform>{value} (%Ln other)</numerusform>
            <numerusform>{value} (%Ln others)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The mean of %Ln picture(s): 784 numbers from 0 to 1.</source>
        <translation>
            <numerusform>The mean of %Ln picture: 784 numbers from 0 to 1.</numerusform>
            <numerusform>The mean of %Ln pictures: 784 numbers from 0 to 1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What goes in: 784 numbers from 0 to 1, %Ln of them with ink.</source>
        <translation>
            <numerusform>What goes in: 784 numbers from 0 to 1, %Ln of them with ink.</numerusform>
            <numerusform>What goes in: 784 numbers from 0 to 1, %Ln of them with ink.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The other %Ln unit(s) of layer {layer}: together {value} to {name}.</source>
        <translation>
            <numerusform>The other %Ln unit of layer {layer}: {value} to {name}.</numerusform>
            <numerusform>The other %Ln units of layer {layer}: together {value} to {name}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HandComparing</name>
    <message numerus="yes">
        <source>Of %Ln digit(s) right: {before:,} before ({old}), {after:,} after ({new}).</source>
        <translation>
            <numerusform>Of %Ln digit right: {before:,} before ({old}), {after:,} after ({new}).</numerusform>
            <numerusform>Of %Ln digits right: {before:,} before ({old}), {after:,} after ({new}).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HandWords</name>
    <message numerus="yes">
        <source>%Ln digit(s) more, then a network can learn your hand.</source>
        <translation>
            <numerusform>%Ln digit more, then a network can learn your hand.</numerusform>
            <numerusform>%Ln digits more, then a network can learn your hand.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InterruptedRuns</name>
    <message numerus="yes">
        <source>%Ln run(s) were interrupted. Each can go on exactly where it was kept last.</source>
        <translation>
            <numerusform>%Ln run was interrupted. It can go on exactly where it was kept last.</numerusform>
            <numerusform>%Ln runs were interrupted. Each can go on exactly where it was kept last.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MapTab</name>
    <message numerus="yes">
        <source>{count:,} test images after %Ln update(s), each shown by its digit; rings mark wrong answers.</source>
        <translation>
            <numerusform>{count:,} test images after %Ln update, each shown by its digit; rings mark wrong answers.</numerusform>
            <numerusform>{count:,} test images after %Ln updates, each shown by its digit; rings mark wrong answers.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NetworkHeader</name>
    <message numerus="yes">
        <source>After %Ln update(s): {shape}, {activation}.</source>
        <translation>
            <numerusform>After %Ln update: {shape}, {activation}.</numerusform>
            <numerusform>After %Ln updates: {shape}, {activation}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OwnDigitsTab</name>
    <message numerus="yes">
        <source>%Ln digit(s) of your own; with a network, its accuracy on them stands here.</source>
        <translation>
            <numerusform>%Ln digit of your own; with a network, its accuracy on it stands here.</numerusform>
            <numerusform>%Ln digits of your own; with a network, its accuracy on them stands here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RaceStage</name>
    <message numerus="yes">
        <source>It begins with the network after %Ln update(s), in float64.</source>
        <translation>
            <numerusform>It begins with the network after %Ln update, in float64.</numerusform>
            <numerusform>It begins with the network after %Ln updates, in float64.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RangeTab</name>
    <message numerus="yes">
        <source>The run after %Ln update(s), {optimizer}, batches of {batch_size}.</source>
        <translation>
            <numerusform>The run after %Ln update, {optimizer}, batches of {batch_size}.</numerusform>
            <numerusform>The run after %Ln updates, {optimizer}, batches of {batch_size}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RobustnessTab</name>
    <message numerus="yes">
        <source>Accuracy on {count:,} test digits, disturbed, after %Ln update(s).</source>
        <translation>
            <numerusform>Accuracy on {count:,} test digits, disturbed, after %Ln update.</numerusform>
            <numerusform>Accuracy on {count:,} test digits, disturbed, after %Ln updates.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunRoom</name>
    <message numerus="yes">
        <source>%Ln run(s) take {used}.</source>
        <translation>
            <numerusform>%Ln run takes {used}.</numerusform>
            <numerusform>%Ln runs take {used}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShelfWords</name>
    <message numerus="yes">
        <source>%Ln run(s) deleted: they lie in the lab&apos;s bin.</source>
        <translation>
            <numerusform>%Ln run deleted: it lies in the lab&apos;s bin.</numerusform>
            <numerusform>%Ln runs deleted: they lie in the lab&apos;s bin.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StageWords</name>
    <message numerus="yes">
        <source>The loss is the mean of −log of the right digit&apos;s probability over %Ln picture(s): {loss}.</source>
        <translation>
            <numerusform>The loss is the mean of −log of the right digit&apos;s probability over %Ln picture: {loss}.</numerusform>
            <numerusform>The loss is the mean of −log of the right digit&apos;s probability over %Ln pictures: {loss}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message numerus="yes">
        <source>{right:,} of {count:,} test images after %Ln update(s). 95&#xa0;% interval: {low:.1f} to {high:.1f}&#xa0;%. In 95 of 100 such samples of test images, the sample&apos;s interval holds the true share.</source>
        <translation>
            <numerusform>{right:,} of {count:,} test images after %Ln update. 95&#xa0;% interval: {low:.1f} to {high:.1f}&#xa0;%. In 95 of 100 such samples of test images, the sample&apos;s interval holds the true share.</numerusform>
            <numerusform>{right:,} of {count:,} test images after %Ln updates. 95&#xa0;% interval: {low:.1f} to {high:.1f}&#xa0;%. In 95 of 100 such samples of test images, the sample&apos;s interval holds the true share.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln digit(s) you drew and kept.</source>
        <translation>
            <numerusform>%Ln digit you drew and kept.</numerusform>
            <numerusform>%Ln digits you drew and kept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{right:,} of %Ln digit(s) you drew and kept are recognised: {share}.</source>
        <translation>
            <numerusform>{right:,} of %Ln digit you drew and kept is recognised: {share}.</numerusform>
            <numerusform>{right:,} of %Ln digits you drew and kept are recognised: {share}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SweepOutlooks</name>
    <message numerus="yes">
        <source>%n run(s).</source>
        <translation>
            <numerusform>%n run.</numerusform>
            <numerusform>%n runs.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n double(s) left out.</source>
        <translation>
            <numerusform>%n double left out.</numerusform>
            <numerusform>%n doubles left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About {time} with %n worker(s), {room} on the disk.</source>
        <translation>
            <numerusform>About {time} with %n worker, {room} on the disk.</numerusform>
            <numerusform>About {time} with %n workers, {room} on the disk.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrialWords</name>
    <message numerus="yes">
        <source>Done: {done} of %Ln run(s).</source>
        <translation>
            <numerusform>Done: {done} of %Ln run.</numerusform>
            <numerusform>Done: {done} of %Ln runs.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n worker(s) died; what was trained there was begun again once.</source>
        <translation>
            <numerusform>%n worker died; what was trained there was begun again once.</numerusform>
            <numerusform>%n workers died; what was trained there was begun again once.</numerusform>
        </translation>
    </message>
</context>
</TS>
