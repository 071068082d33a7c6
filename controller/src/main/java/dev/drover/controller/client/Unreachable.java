package dev.drover.controller.client;

import java.io.IOException;

/// Nobody answered at the server's address.
public final class Unreachable extends IOException {
    private static final long serialVersionUID = 1;

    private final String address;
    private final String reason;

    Unreachable(Address address, IOException cause) {
        super("cannot reach " + address + ": " + cause.getMessage(), cause);
        this.address = address.toString();
        this.reason = String.valueOf(cause.getMessage());
    }

    /// Where somebody should have answered.
    public String address() {
        return address;
    }

    /// What the operating system says about it.
    public String reason() {
        return reason;
    }
}
