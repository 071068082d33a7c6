package dev.drover.node.image;

import java.nio.file.Path;

/// An image that is there, unpacked.
///
/// @param tree its files, shared by all who use it: nobody may write there
public record Image(Path tree, ImageConfig config) {}
