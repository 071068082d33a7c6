package dev.drover.controller.client;

import java.io.IOException;

/// The server's API, one method for each thing a command asks.
public final class Client {
    private final Http http;

    /// A client of the server at `address`; connects when asked something.
    public Client(Address address) {
        this.http = new Http(address);
    }

    /// The server it asks.
    public Address address() {
        return http.address();
    }

    private Reply send(Request request) throws IOException {
        Reply reply = http.send(request);
        if (reply.success()) {
            return reply;
        }
        try (reply) {
            throw StatusReader.read(reply.status(), reply.text());
        }
    }

    /// The text that answers a request.
    String text(Request request) throws IOException {
        try (Reply reply = send(request)) {
            return reply.text();
        }
    }
}
