package dev.drover.manifests.hcl.value;

/// What the expressions of one file may cost. Manifests are read by the server as well: a file of a
/// few lines must not occupy it. One thread.
public final class Budget {

    /// Steps: one expression or item each. The largest real file takes some 20,000; a million take
    /// about 50 ms.
    private static final int STEPS_MAX = 1_000_000;

    /// Characters and items that functions and templates may make, together. The largest real file
    /// is 200 kB; a spec may have 512 KiB.
    private static final long PRODUCED_MAX = 8_000_000;

    private int steps;
    private long produced;

    /// One more step.
    public void step() {
        if (++steps > STEPS_MAX) {
            throw Mistake.limit(
                    "the expressions of this file take more than " + STEPS_MAX + " steps");
        }
    }

    /// So many characters or items more; call it before making them.
    public void produce(long size) {
        produced += size;
        if (produced > PRODUCED_MAX || size < 0) {
            throw Mistake.limit(
                    "the expressions of this file make more than " + PRODUCED_MAX + " characters");
        }
    }
}
