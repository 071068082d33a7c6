package dev.drover.node.supervision;

/// One of a task's two outputs.
public enum Stream {
    STDOUT("stdout"),
    STDERR("stderr");

    private final String label;

    Stream(String label) {
        this.label = label;
    }

    /// As it appears in file names.
    public String label() {
        return label;
    }
}
