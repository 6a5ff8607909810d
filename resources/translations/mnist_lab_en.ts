<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
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
    <name>OwnDigitsTab</name>
    <message numerus="yes">
        <source>%n digit(s) of your own; with a network, its accuracy on them stands here.</source>
        <translation>
            <numerusform>%n digit of your own; with a network, its accuracy on it stands here.</numerusform>
            <numerusform>%n digits of your own; with a network, its accuracy on them stands here.</numerusform>
        </translation>
    </message>
</context>
</TS>
