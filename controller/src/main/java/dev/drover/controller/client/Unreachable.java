package dev.drover.controller.client;

import java.io.IOException;
import java.net.UnknownHostException;

/// Nobody answered at the server's address.
public final class Unreachable extends IOException {
    private static final long serialVersionUID = 1;

    private final String address;
    private final String reason;

    Unreachable(Address address, IOException cause) {
        super("cannot reach " + address + ": " + said(cause), cause);
        this.address = address.toString();
        this.reason = said(cause);
    }

    /// Of a name that nobody knows Java says the name and no more.
    private static String said(IOException cause) {
        return cause instanceof UnknownHostException
                ? "there is no machine of the name " + cause.getMessage()
                : String.valueOf(cause.getMessage());
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
