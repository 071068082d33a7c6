package dev.drover.manifests.hcl.value;

import java.util.List;

/// What the expressions of one file may cost, counted as values grow and before they are made.
/// Manifests are read by the server as well: a file of a few lines must not occupy it. Both bounds
/// together keep the worst file within 100 ms and 64 MB. One thread.
public final class Budget {

    /// Steps: one expression or turn of a loop each. The largest real file takes some 20,000; each
    /// takes up to a microsecond and 500 bytes.
    private static final int STEPS_MAX = 64_000;

    /// Characters that functions and templates may make, together. The largest real file is 200 kB;
    /// a spec may have 512 KiB. A character is up to two bytes, and several copies on its way.
    private static final long PRODUCED_MAX = 4_000_000;

    /// Values that are looked at, not worked out, for the price of a step.
    private static final int SEEN_PER_STEP = 4;

    /// Characters that are compared or copied for the price of a step.
    private static final int CHARACTERS_PER_STEP = 32;

    /// Digits behind the point that are worked with for the price of a step.
    private static final int DIGITS_PER_STEP = 8;

    /// What the call of a function costs beside its arguments and its result.
    private static final int STEPS_PER_CALL = 8;

    private long steps;
    private long produced;
    private int seen;

    /// One more step.
    public void step() {
        steps(1);
    }

    /// So many more steps; call it before they are taken.
    public void steps(long more) {
        steps += more;
        if (steps > STEPS_MAX || more < 0) {
            throw Mistake.limit(
                    "the expressions of this file take more than " + STEPS_MAX + " steps");
        }
    }

    /// So many characters more; call it before making them.
    public void produce(long size) {
        produced += size;
        if (produced > PRODUCED_MAX || size < 0) {
            throw Mistake.limit(
                    "the expressions of this file make more than " + PRODUCED_MAX + " characters");
        }
    }

    /// Something is about to look at a value and all of its parts. A part that stands in several
    /// places counts in each: a few lines can so stand for a billion.
    public void look(Value value) {
        if (++seen % SEEN_PER_STEP == 0) {
            step();
        }
        switch (value) {
            case Value.Text(String text) -> steps(text.length() / CHARACTERS_PER_STEP);
            case Value.Num(var number) -> steps(Math.abs((long) number.scale()) / DIGITS_PER_STEP);
            case Value.Truth _, Value.Null _ -> {}
            case Value.Sequence sequence -> look(sequence.items());
            case Value.Mapping mapping -> mapping.entries().values().forEach(this::look);
        }
    }

    /// The same of several.
    public void look(List<Value> values) {
        values.forEach(this::look);
    }

    /// A function is about to look at its arguments.
    public void call(List<Value> arguments) {
        steps(STEPS_PER_CALL);
        look(arguments);
    }
}
