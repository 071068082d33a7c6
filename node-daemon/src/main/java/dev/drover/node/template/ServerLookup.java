package dev.drover.node.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drover.manifests.model.ServiceInstance;
import dev.drover.manifests.model.VariableSpec;
import dev.drover.manifests.wire.Inquiry;
import dev.drover.manifests.wire.Knowledge;
import dev.drover.node.environment.TaskSubject;
import dev.drover.node.hook.TaskContext;
import dev.drover.node.link.Inquiries.Asker;
import dev.drover.node.template.functions.Lookup;
import dev.drover.node.template.language.Value;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Looks up for one task what the server keeps: its variables, and who offers a service.
final class ServerLookup implements Lookup {
    private static final Lookup OTHERS = Lookup.none();

    private final Ask server;
    private final Asker asker;

    /// Asks the server.
    @FunctionalInterface
    interface Ask {
        /// Its newest answer; empty when it cannot be asked.
        Optional<Knowledge> ask(Asker asker, Inquiry inquiry) throws InterruptedException;
    }

    private ServerLookup(Ask server, Asker asker) {
        this.server = server;
        this.asker = asker;
    }

    /// For that task.
    static Lookup of(Ask server, TaskContext task) {
        TaskSubject subject = task.subject();
        return new ServerLookup(
                server,
                new Asker(
                        subject.allocation().namespace(),
                        subject.allocation().id(),
                        subject.task().name()));
    }

    @Override
    public Answer ask(String function, List<String> arguments) {
        String call = (function + " " + String.join(" ", arguments)).strip();
        return switch (function) {
            case "nomadVar" -> one(call, arguments, this::variable);
            case "nomadVarExists" -> one(call, arguments, this::exists);
            case "nomadVarList", "nomadVarListSafe" ->
                    known(call, new Inquiry.Variables(String.join("", arguments)));
            case "nomadService" -> service(call, arguments);
            case "nomadServices" -> known(call, new Inquiry.Services());
            default -> OTHERS.ask(function, arguments);
        };
    }

    private interface Question {
        Answer of(String call, String argument);
    }

    private static Answer one(String call, List<String> arguments, Question question) {
        return arguments.size() == 1
                ? question.of(call, arguments.getFirst())
                : new Answer.Unavailable(call + ": it takes one argument");
    }

    private Answer variable(String call, String path) {
        return known(call, new Inquiry.Variable(path));
    }

    private Answer exists(String call, String path) {
        return answer(
                call,
                new Inquiry.Variable(path),
                knowledge ->
                        switch (knowledge) {
                            case Knowledge.Items _ -> new Answer.Found(Value.of(true));
                            case Knowledge.Nothing _ -> new Answer.Found(Value.of(false));
                            case Knowledge.Denied(String because) -> denied(call, because);
                            case Knowledge.Paths _, Knowledge.Instances _ -> mistaken(call);
                        });
    }

    private Answer known(String call, Inquiry inquiry) {
        return answer(
                call,
                inquiry,
                knowledge ->
                        switch (knowledge) {
                            case Knowledge.Items(VariableSpec variable) ->
                                    new Answer.Found(items(variable));
                            case Knowledge.Nothing _ -> new Answer.Missing(call);
                            case Knowledge.Paths(List<String> paths) ->
                                    new Answer.Found(
                                            new Value.Listing(
                                                    paths.stream().map(this::entry).toList()));
                            case Knowledge.Instances(List<ServiceInstance> all)
                                    when inquiry instanceof Inquiry.Services ->
                                    new Answer.Found(services(all));
                            case Knowledge.Instances(List<ServiceInstance> all) ->
                                    new Answer.Found(instances(all));
                            case Knowledge.Denied(String because) -> denied(call, because);
                        });
    }

    private Answer service(String call, List<String> arguments) {
        if (arguments.size() == 1) {
            return known(call, new Inquiry.Service(arguments.getFirst()));
        }
        if (arguments.size() != 3 || !arguments.getFirst().matches("[1-9][0-9]{0,5}")) {
            return new Answer.Unavailable(
                    call + ": it takes a name, or a count, a key for the choice and a name");
        }
        int count = Integer.parseInt(arguments.getFirst());
        String key = arguments.get(1);
        return answer(
                call,
                new Inquiry.Service(arguments.getLast()),
                knowledge ->
                        switch (knowledge) {
                            case Knowledge.Instances(List<ServiceInstance> all) ->
                                    new Answer.Found(instances(chosen(all, count, key)));
                            case Knowledge.Denied(String because) -> denied(call, because);
                            case Knowledge.Items _, Knowledge.Nothing _, Knowledge.Paths _ ->
                                    mistaken(call);
                        });
    }

    /// Rendezvous hashing: for one key the choice hardly changes when an instance comes or goes.
    private static List<ServiceInstance> chosen(List<ServiceInstance> all, int count, String key) {
        return all.stream()
                .sorted(Comparator.comparing(one -> hash(one.allocation() + one.port() + key)))
                .limit(count)
                .toList();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// What the server says to it. Nothing yet is no refusal: it may be away, or the daemon leaves.
    private Answer answer(String call, Inquiry inquiry, Function<Knowledge, Answer> read) {
        try {
            return server.ask(asker, inquiry)
                    .map(read)
                    .orElseGet(() -> new Answer.Missing("the server's answer to " + call));
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
            return new Answer.Missing("the server's answer to " + call);
        }
    }

    private static Answer denied(String call, String because) {
        return new Answer.Unavailable(call + ": " + because);
    }

    private static Answer mistaken(String call) {
        return new Answer.Unavailable(call + ": the server answered something else");
    }

    private static Value items(VariableSpec variable) {
        SortedMap<String, Value> items = new TreeMap<>();
        variable.items().forEach((name, value) -> items.put(name, Value.of(value)));
        return new Value.Mapping(items);
    }

    private Value entry(String path) {
        return new Value.Structure(
                "NomadVarMeta",
                Map.of(
                        "Path", Value.of(path),
                        "Namespace", Value.of(asker.namespace())));
    }

    private static Value instances(Collection<ServiceInstance> all) {
        return new Value.Listing(all.stream().map(ServerLookup::instance).toList());
    }

    private static Value instance(ServiceInstance one) {
        return new Value.Structure(
                "NomadService",
                Map.of(
                        "ID", Value.of(one.name() + "-" + one.allocation()),
                        "Name", Value.of(one.name()),
                        "Namespace", Value.of(one.namespace()),
                        "JobID", Value.of(one.jobName()),
                        "AllocID", Value.of(one.allocation()),
                        "Node", Value.of(one.node()),
                        "Address", Value.of(one.address()),
                        "Port", Value.of(one.port()),
                        "Tags", Value.texts(one.tags())));
    }

    private static Value services(List<ServiceInstance> all) {
        SortedMap<String, SortedSet<String>> tags = new TreeMap<>();
        all.forEach(
                one -> tags.computeIfAbsent(one.name(), _ -> new TreeSet<>()).addAll(one.tags()));
        return new Value.Listing(
                tags.entrySet().stream()
                        .<Value>map(service ->
                                new Value.Structure(
                                        "NomadServicesSnippet",
                                        Map.of(
                                                "Name", Value.of(service.getKey()),
                                                "Tags",
                                                        Value.texts(
                                                                List.copyOf(service.getValue())))))
                        .toList());
    }
}
