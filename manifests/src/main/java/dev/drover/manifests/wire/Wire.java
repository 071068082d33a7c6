package dev.drover.manifests.wire;

/// Numbers that both ends of the link agree on.
public final class Wire {
    private Wire() {}

    /// The version of the messages. The controller refuses another one with a text that says which
    /// side is old. 2: files are followed, and tasks ask. 3: data follows a copy to another node.
    public static final int PROTOCOL = 3;

    /// Where the controller accepts the link.
    public static final String PATH = "/v1/node/link";

    /// Largest payload of one WebSocket frame, so that header, mask and payload fit one TLS record
    /// of 16 KiB.
    public static final int FRAME_MAX = 16_376;

    /// Largest message over all its frames: a desired set of some ten thousand allocations.
    public static final int MESSAGE_MAX = 64 * 1024 * 1024;

    /// Bytes before the data in a binary frame: the stream's number, big-endian.
    public static final int STREAM_HEADER = 4;

    /// Questions that stand on one link: some for each of ten thousand tasks is too much for one
    /// machine.
    public static final int QUESTIONS_MAX = 10_000;

    /// Streams open on one link at once; a further one is refused.
    public static final int STREAMS_MAX = 256;
}
