package dev.drover.node.image;

import java.io.IOException;

/// An image cannot be used as it is: whoever wrote the job or built the image can mend it. Trying
/// again changes nothing.
public final class ImageFailure extends IOException {
    private static final long serialVersionUID = 1;

    private final String because;

    /// Says what is wrong.
    public ImageFailure(String because) {
        super(because);
        this.because = because;
    }

    /// What is wrong.
    public String because() {
        return because;
    }
}
