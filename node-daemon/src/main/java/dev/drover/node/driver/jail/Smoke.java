package dev.drover.node.driver.jail;

import dev.drover.manifests.model.Value;
import dev.drover.node.cgroup.Ceiling;
import dev.drover.node.cgroup.Controllers;
import dev.drover.node.cgroup.LimitedGroup;
import dev.drover.node.driver.jail.Call.Said;
import dev.drover.node.jail.ExecMapping;
import dev.drover.node.jail.HostView;
import dev.drover.node.jail.Isolation;
import dev.drover.node.jail.JailPolicy;
import dev.drover.node.jail.JailRequest;
import dev.drover.node.jail.JailRequest.Folders;
import dev.drover.node.jail.JailSpec;
import dev.drover.node.jail.Limits;
import dev.drover.node.jail.Mapped;
import dev.drover.node.secrets.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A first jail that tells what it sees. To look for programs and kernel versions would be to
/// guess: many machines have everything and forbid it.
final class Smoke {
    /// A start takes milliseconds; a machine that takes longer than this runs no jails.
    private static final Duration TIME_MAX = Duration.ofSeconds(10);

    private static final String SCRIPT =
            """
            grep -q '^Seccomp:.*2' /proc/self/status && echo seccomp
            grep -q '^NoNewPrivs:.*1' /proc/self/status && echo no_new_privs
            [ "$(readlink /proc/self)" -lt 100 ] && [ ! -e /proc/100 ] && echo pid
            [ "$(grep -c : /proc/net/dev)" = 1 ] && echo network
            read -r inside outside count </proc/self/uid_map && [ "$outside" != 0 ] && echo users
            """;

    private static final List<String> WALLS = List.of("seccomp", "no_new_privs", "pid", "network");

    private static final String OCI_HAS_NO_WORDS =
            "runtimes of OCI are told only what FreeBSD's are, too, and these know no such users";

    private static final Ceiling SOME = Limits.granted(100, 64 << 20, List.of()).ceiling();

    private final JailRuntime runtime;
    private final Controllers controllers;
    private final Path groups;

    Smoke(JailRuntime runtime, Controllers controllers, Path groups) {
        this.runtime = runtime;
        this.controllers = controllers;
        this.groups = groups;
    }

    /// Runs it in folders of our own. Whatever goes wrong is an answer, too.
    Isolation look(Path folder) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Isolation.none("jails need root");
        }
        try (Attempt first = new Attempt("smoke", folder.toRealPath());
                Attempt second = new Attempt("smoke-scoped", folder.toRealPath())) {
            return look(first, second);
        } catch (IOException e) {
            return Isolation.none("no jail can be built here: " + e.getMessage());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return Isolation.none("the daemon was stopped while it looked");
        }
    }

    /// A jail with a network and users of its own; where that fails, one that shares the node's
    /// users, then its network, too. Beside it one that shares both and hides their sockets: to
    /// wait for both at once takes half as long.
    private Isolation look(Attempt walled, Attempt shared)
            throws IOException, InterruptedException {
        if (runtime.ours()) {
            walled.begin(true, true, false);
            shared.begin(false, false, true);
        }
        Said users = runtime.ours() ? walled.said() : new Said(1, OCI_HAS_NO_WORDS);
        boolean scoped = runtime.ours() && shared.said().status() == 0;
        Said own = users.status() == 0 ? users : walled.said(true);
        Said said = own.status() == 0 ? own : walled.said(false);
        if (said.status() != 0) {
            return Isolation.none("no jail can be built here: " + said.text().strip());
        }
        SortedMap<String, String> seen = new TreeMap<>();
        for (String wall : WALLS) {
            seen.put(wall, yes(said.text().lines().anyMatch(wall::equals)));
        }
        boolean nobody = users.status() == 0 && users.text().lines().anyMatch("users"::equals);
        seen.put(Isolation.USERS, yes(nobody));
        if (!nobody) {
            seen.put(Isolation.USERS_BECAUSE, users.text().strip());
        }
        seen.put(Isolation.ABSTRACT_SOCKETS, yes(scoped));
        return new Isolation(
                "", controllers.version(), new TreeSet<>(controllers.found().keySet()), seen);
    }

    private static String yes(boolean really) {
        return really ? "yes" : "no";
    }

    /// A place for jails, one after another.
    private final class Attempt implements AutoCloseable {
        private final Site site;
        private Optional<Call> jail = Optional.empty();

        Attempt(String name, Path folder) {
            Path groupName = groups.resolve(name);
            LimitedGroup group = new LimitedGroup(controllers.withoutCpuset(), groupName);
            site = new Site(name, folder.resolve(name), group, groupName, Optional.empty());
        }

        void begin(boolean ownNetwork, boolean ownUsers, boolean scoped) throws IOException {
            JailSpec spec = spec(folders(site.folder()), ownNetwork, ownUsers);
            site.group().create(SOME);
            jail = Optional.of(Call.begin("a jail", runtime.prepare(spec, site, scoped)));
        }

        /// Of one that shares the node's users.
        Said said(boolean ownNetwork) throws IOException, InterruptedException {
            begin(ownNetwork, false, false);
            return said();
        }

        Said said() throws IOException, InterruptedException {
            try {
                Said said = jail.orElseThrow().said(TIME_MAX);
                String error = site.said().filter(text -> text.startsWith("error ")).orElse("");
                Files.deleteIfExists(site.report());
                return new Said(said.status(), error + said.text());
            } finally {
                runtime.discard(site);
            }
        }

        /// Takes back everything; ends what nobody has waited for.
        @Override
        public void close() throws IOException {
            try {
                jail.ifPresent(Call::close);
                Secrets.removeAll(site.folder());
                remove(site.folder());
            } finally {
                site.group().remove();
                site.group().removeAbove();
            }
        }
    }

    /// As a task has them: a kernel may know how to show a disk to users of the jail's own, and not
    /// how to show memory.
    private static void secrets(Path folder) throws IOException {
        Secrets.look(folder).open(folder.resolve("task/secrets"), Secrets.MIB_DEFAULT);
    }

    private static Folders folders(Path folder) throws IOException {
        Folders folders = new Folders(folder.resolve("task"), folder.resolve("alloc"));
        for (String part : List.of("task/local", "task/tmp", "alloc/logs")) {
            Files.createDirectories(folder.resolve(part));
        }
        secrets(folder);
        return folders;
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /// With the walls that a task gets.
    private static JailSpec spec(Folders folders, boolean ownNetwork, boolean ownUsers)
            throws IOException {
        Map<String, Value> config =
                Map.of(
                        "command",
                        new Value.Text("/bin/sh"),
                        "args",
                        new Value.Items(
                                List.of(new Value.Text("-c"), new Value.Text(SCRIPT + "true"))));
        JailRequest request =
                new JailRequest(
                        "smoke",
                        config,
                        Map.of(),
                        Optional.empty(),
                        folders,
                        List.of(),
                        Limits.NONE);
        return switch (ExecMapping.map(
                request, HostView.look(), JailPolicy.CLOSED, Path::toRealPath)) {
            case Mapped.Accepted(JailSpec spec, var _) ->
                    spec.behind(spec.walls().with(ownNetwork, ownUsers));
            case Mapped.Refused(List<String> because) ->
                    throw new IllegalStateException("our own jail was refused: " + because);
        };
    }
}
