package dev.drover.controller.cli;

/// How ids read: their first eight characters tell any two apart that one person has on a screen.
final class Ids {
    private static final int SHORT = 8;

    private Ids() {}

    /// The beginning of an id; names of people's own making are shorter than ids and stay whole.
    static String brief(String id) {
        return id.matches("[0-9a-f]{8}-[0-9a-f-]+") ? id.substring(0, SHORT) : id;
    }
}
