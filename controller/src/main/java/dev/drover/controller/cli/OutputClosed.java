package dev.drover.controller.cli;

import java.io.IOException;

/// Nobody reads the output any more, as `head` does once it has its lines: no mistake of anybody's.
final class OutputClosed extends IOException {
    private static final long serialVersionUID = 1;
}
