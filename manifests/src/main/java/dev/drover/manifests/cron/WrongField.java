package dev.drover.manifests.cron;

/// A field of the notation cannot be understood. Never leaves the package.
final class WrongField extends Exception {
    private static final long serialVersionUID = 1; // the class is serializable; nobody does

    private final String why;

    WrongField(String why) {
        super(why);
        this.why = why;
    }

    String why() {
        return why;
    }
}
