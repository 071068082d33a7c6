package dev.drover.controller.client;

import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.ResourceName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/// Where resources live in the API.
final class Paths {
    private static final String ROOT = "/apis/drover.dev/v1";

    /// Where one asks for the collection of garbage.
    static final String GARBAGE = ROOT + "/system/gc";

    /// Where one looks after the store.
    static final String STORE = ROOT + "/system/store";

    private Paths() {}

    /// All resources of a kind in a namespace; in every namespace when it is empty.
    static String all(Kind kind, String namespace) {
        boolean everywhere = !kind.namespaced() || namespace.isEmpty();
        return ROOT + (everywhere ? "" : "/namespaces/" + escaped(namespace)) + "/" + kind.plural();
    }

    /// What has an id that begins so, of every namespace.
    static String prefixed(Kind kind, String prefix) {
        return ROOT + "/prefix/" + kind.plural() + "/" + escaped(prefix);
    }

    /// One resource.
    static String one(Kind kind, ResourceName name) {
        return all(kind, name.namespace()) + "/" + escaped(name.name());
    }

    /// Where input for a command goes.
    static String input(String session) {
        return ROOT + "/exec/" + escaped(session) + "/input";
    }

    /// Who offers what in a namespace.
    static String services(String namespace) {
        return ROOT + "/namespaces/" + escaped(namespace) + "/services";
    }

    /// Where one asks what would happen.
    static String whatIf(String what, Map<String, String> terms) {
        StringJoiner query = new StringJoiner("&");
        new TreeMap<>(terms).forEach((name, value) -> query.add(name + "=" + query(value)));
        return ROOT + "/whatif/" + what + "?" + query;
    }

    /// A name as a segment of a path: keys and URLs carry the same escaped form.
    private static String escaped(String name) {
        return ResourceName.escape(name);
    }

    /// A value in a query.
    static String query(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
