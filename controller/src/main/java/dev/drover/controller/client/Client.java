package dev.drover.controller.client;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The server's API, one method for each thing a command asks. Every method fails with
/// `Unreachable` when nobody answers and with `Refused` when the server says no.
public final class Client {
    /// How often a write is tried again when somebody else wrote in between: each try needs another
    /// writer to be faster once more.
    private static final int WRITES_MAX = 5;

    private final Http http;

    /// A client of the server at `address`; connects when asked something.
    public Client(Address address) {
        this.http = new Http(address);
    }

    /// The server it asks.
    public Address address() {
        return http.address();
    }

    /// The resource of that name.
    public <T extends Resource> Optional<T> find(Type<T> type, ResourceName name)
            throws IOException {
        try {
            return Optional.of(type.read(text(Request.read(Paths.one(type.kind(), name)))));
        } catch (Refused e) {
            if (e.code() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// All resources of a type; of every namespace when `namespace` is empty.
    public <T extends Resource> Listing<T> list(Type<T> type, String namespace) throws IOException {
        String text = text(Request.read(Paths.all(type.kind(), namespace)));
        Envelope.Items items = Envelope.list(text);
        List<T> resources = new ArrayList<>(items.texts().size());
        for (String item : items.texts()) {
            resources.add(type.read(item));
        }
        return new Listing<>(resources, items.revision());
    }

    /// Changes of resources of a type after a revision.
    public <T extends Resource> Watch<T> watch(Type<T> type, String namespace, String revision)
            throws IOException {
        String target =
                Paths.all(type.kind(), namespace)
                        + "?watch=true&resourceVersion="
                        + Paths.query(revision);
        return new Watch<>(send(Request.follow(target)), type);
    }

    /// Creates the resource, or gives the one of its name this spec.
    public <T extends Resource> Written<T> apply(Type<T> type, T wanted) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                Optional<T> before = find(type, wanted.name());
                return before.isPresent()
                        ? replace(type, before.get(), wanted)
                        : create(type, wanted);
            } catch (Refused e) {
                if (e.code() != 409 || tries == WRITES_MAX) {
                    throw e;
                }
            }
        }
    }

    private <T extends Resource> Written<T> create(Type<T> type, T wanted) throws IOException {
        String target = Paths.all(type.kind(), wanted.metadata().namespace());
        return new Written.Created<>(write("POST", target, type, wanted));
    }

    /// On condition that nobody else wrote since `before` was read.
    private <T extends Resource> Written<T> replace(Type<T> type, T before, T wanted)
            throws IOException {
        String revision = before.metadata().resourceVersion().orElse("");
        Resource conditional = wanted.withMetadata(wanted.metadata().at(revision));
        T after = write("PUT", Paths.one(type.kind(), wanted.name()), type, conditional);
        return after.metadata().generation() == before.metadata().generation()
                ? new Written.Unchanged<>(after)
                : new Written.Changed<>(after);
    }

    private <T extends Resource> T write(
            String method, String target, Type<T> type, Resource resource) throws IOException {
        String json = RecordJson.manifest(resource);
        return type.read(text(Request.write(method, target, json)));
    }

    /// Deletes a resource and everything that lives by it.
    public void delete(Kind kind, ResourceName name) throws IOException {
        text(Request.delete(Paths.one(kind, name)));
    }

    /// A task's output, byte for byte, as it comes. Close it.
    public Reply logs(LogRequest wanted) throws IOException {
        String target =
                Paths.one(
                                Kind.ALLOCATION,
                                new ResourceName(wanted.namespace(), wanted.allocation()))
                        + "/log?task="
                        + Paths.query(wanted.task())
                        + "&stream="
                        + (wanted.stderr() ? "stderr" : "stdout")
                        + "&follow="
                        + wanted.follow();
        return send(wanted.follow() ? Request.follow(target) : Request.read(target));
    }

    /// Removes what is over and kept by nothing any more, now instead of at its time.
    public void collectGarbage() throws IOException {
        text(Request.write("POST", Paths.GARBAGE, "{}"));
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
