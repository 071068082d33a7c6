package dev.drover.reconcilers.simulation;

/// Tells the stories of many seeds, each once: `make sim FROM=1 TO=50000`. Says after every hundred
/// how far it is, so that who was interrupted goes on from there; ends at the first story that goes
/// wrong.
public final class Seeds {
    private static final int AT_A_TIME = 100;

    private Seeds() {}

    /// Ends with 1 at the first story that goes wrong.
    ///
    /// @param args the first seed and the last one
    public static void main(String[] args) {
        long from = Long.parseLong(args[0]);
        long to = Long.parseLong(args[1]);
        for (long seed = from; seed <= to; seed++) {
            try {
                Story.told(seed);
            } catch (AssertionError wrong) {
                System.out.println(wrong.getMessage());
                System.exit(1);
            }
            if (seed % AT_A_TIME == 0 || seed == to) {
                System.out.printf("seeds %d to %d end well%n", from, seed);
            }
        }
    }
}
