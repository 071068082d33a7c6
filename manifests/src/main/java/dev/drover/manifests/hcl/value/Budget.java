package dev.drover.manifests.hcl.value;

import java.util.List;

/// What the expressions of one file may cost, counted as values grow and before they are made.
/// Manifests are read by the server as well: a file of a few lines must not occupy it. Both bounds
/// together keep the worst small file within 100 ms and 64 MB; what a larger one may cost beyond
/// that grows with its size, as reading it does. One thread.
public final class Budget {

    /// Steps of any file: one expression or turn of a loop each. The real file that computes most
    /// takes 530; in a process that has just been started, each takes up to eight microseconds.
    private static final long STEPS = 10_000;

    /// Characters of the text that give a step more. Real files take a step for 20 of theirs.
    private static final int CHARACTERS_PER_STEP_MORE = 8;

    /// Characters that functions and templates of any file may make, together; as many more as the
    /// text has. The largest real file is 200 kB; a spec may have 512 KiB. A character is up to two
    /// bytes, and several copies on its way.
    private static final long PRODUCED = 2_000_000;

    /// Values that are looked at, not worked out, for the price of a step.
    private static final int SEEN_PER_STEP = 4;

    /// Characters that are compared or copied for the price of a step.
    private static final int CHARACTERS_PER_STEP = 32;

    /// Digits behind the point that are worked with for the price of a step.
    private static final int DIGITS_PER_STEP = 8;

    /// What the call of a function costs beside its arguments and its result.
    private static final int STEPS_PER_CALL = 8;

    private final long stepsMax;
    private final long producedMax;
    private long steps;
    private long produced;
    private int seen;

    /// For the expressions of a text of so many characters.
    public Budget(int length) {
        this.stepsMax = STEPS + (long) length / CHARACTERS_PER_STEP_MORE;
        this.producedMax = PRODUCED + length;
    }

    /// One more step.
    public void step() {
        steps(1);
    }

    /// So many more steps; call it before they are taken.
    public void steps(long more) {
        steps += more;
        if (steps > stepsMax || more < 0) {
            throw Mistake.limit(
                    "the expressions of this file take more than " + stepsMax + " steps");
        }
    }

    /// So many characters more; call it before making them.
    public void produce(long size) {
        produced += size;
        if (produced > producedMax || size < 0) {
            throw Mistake.limit(
                    "the expressions of this file make more than " + producedMax + " characters");
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
