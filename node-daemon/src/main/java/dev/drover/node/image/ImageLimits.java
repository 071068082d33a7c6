package dev.drover.node.image;

/// How much one image may cost the node.
///
/// @param bytes of all unpacked files together
/// @param entries in all of its layers
/// @param ratio of unpacked to packed bytes
/// @param layers how many
public record ImageLimits(long bytes, int entries, int ratio, int layers) {
    /// The largest images in use carry whole toolkits for learning machines, about 16 GiB in half a
    /// million files. Text packs at 10 to 1; 200 leaves room and stops a bomb early. Nobody builds
    /// more layers than the 127 that others take.
    public static final ImageLimits USUAL = new ImageLimits(16L << 30, 500_000, 200, 127);

    /// Below this nobody asks for the ratio: zeros may well pack at 1000 to 1.
    static final long RATIO_FROM_BYTES = 10L << 20;

    /// What is said of 127 layers with their history takes some 100 KB.
    static final int JSON_BYTES_MAX = 1 << 20;

    /// No path of an image that somebody uses is deeper; to remove a tree takes as many open files.
    static final int DEPTH_MAX = 128;
}
