package dev.drover.manifests.model;

import java.time.Instant;

/// Something that happened to a task.
///
/// @param time when
/// @param type in Nomad's words: `Received`, `Started`, `Terminated`, `Restarting`, …
/// @param message for people; of a long one the beginning
public record TaskEvent(Instant time, String type, String message) {
    /// Characters of a message. It may tell of a path or of what a program has said, which know no
    /// bound; a hundred tasks with all of their events so are less than the store takes at once.
    public static final int MESSAGE_MAX = 1_000;

    /// The type of what has not begun because something is missing that may never come.
    public static final String WAITING = "Waiting";

    /// The type of the same when it is the data of another copy.
    public static final String WAITING_FOR_DATA = "Waiting For Data";

    public TaskEvent {
        if (message.length() > MESSAGE_MAX) {
            int end = MESSAGE_MAX - 1;
            boolean half = Character.isHighSurrogate(message.charAt(end - 1));
            message = message.substring(0, half ? end - 1 : end) + "…";
        }
    }

    /// Whether somebody else must do something, or the machine have more of it, before it goes on.
    public boolean waits() {
        return type.equals(WAITING) || type.equals(WAITING_FOR_DATA);
    }
}
