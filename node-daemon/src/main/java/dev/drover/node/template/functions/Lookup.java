package dev.drover.node.template.functions;

import dev.drover.node.template.language.Value;
import java.util.List;
import java.util.Map;

/// Where templates get what is kept elsewhere: secrets, keys, variables, services.
@FunctionalInterface
public interface Lookup {

    /// What came of a question.
    sealed interface Answer {
        record Found(Value value) implements Answer {}

        /// It may come: the template waits for it.
        ///
        /// @param what as an event names it: `nomadVar nomad/jobs/web`
        record Missing(String what) implements Answer {}

        /// It will not come: the template is refused.
        record Unavailable(String why) implements Answer {}
    }

    /// The functions that ask, and whom they ask.
    Map<String, String> FUNCTIONS =
            Map.ofEntries(
                    Map.entry("secret", "Vault"),
                    Map.entry("secrets", "Vault"),
                    Map.entry("pkiCert", "Vault"),
                    Map.entry("key", "Consul"),
                    Map.entry("keyExists", "Consul"),
                    Map.entry("keyOrDefault", "Consul"),
                    Map.entry("ls", "Consul"),
                    Map.entry("safeLs", "Consul"),
                    Map.entry("tree", "Consul"),
                    Map.entry("safeTree", "Consul"),
                    Map.entry("node", "Consul"),
                    Map.entry("nodes", "Consul"),
                    Map.entry("service", "Consul"),
                    Map.entry("services", "Consul"),
                    Map.entry("connect", "Consul"),
                    Map.entry("caRoots", "Consul"),
                    Map.entry("caLeaf", "Consul"),
                    Map.entry("datacenters", "Consul"),
                    Map.entry("partitions", "Consul"),
                    Map.entry("peerings", "Consul"),
                    Map.entry("exportedServices", "Consul"),
                    Map.entry("importedServices", "Consul"),
                    Map.entry("nomadService", "the server"),
                    Map.entry("nomadServices", "the server"),
                    Map.entry("nomadVar", "the server"),
                    Map.entry("nomadVarExists", "the server"),
                    Map.entry("nomadVarList", "the server"),
                    Map.entry("nomadVarListSafe", "the server"));

    /// The answer to a call of one of these functions.
    Answer ask(String function, List<String> arguments);

    /// Nothing can be looked up, and every question is told why.
    static Lookup none() {
        return (function, arguments) -> new Answer.Unavailable(reason(function, arguments));
    }

    private static String reason(String function, List<String> arguments) {
        String call = (function + " " + String.join(" ", arguments)).strip();
        return switch (FUNCTIONS.getOrDefault(function, "")) {
            case "Vault" -> call + " is not available: no Vault is connected to this node";
            case "Consul" ->
                    call
                            + " is not available: no Consul is connected to this node; addresses of tasks stand in NOMAD_ADDR_… of the environment";
            default -> call + " is not available: this node cannot ask the server for it yet";
        };
    }
}
