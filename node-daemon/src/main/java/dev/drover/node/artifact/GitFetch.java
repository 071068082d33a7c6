package dev.drover.node.artifact;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.eclipse.jgit.api.FetchCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.transport.HttpTransport;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.util.FS;

/// Fetches the files of one commit of a Git repository, in the child process. They are read out of
/// the commit's tree into a [Tree]: nothing is checked out, so no hook, filter, submodule or
/// configuration of the repository can act, and no program of the machine is started. A submodule
/// is an empty folder, and what LFS keeps elsewhere its pointer.
final class GitFetch {

    /// A remote that says nothing for so long is given up.
    private static final Duration SILENCE_MAX = Duration.ofSeconds(60);

    /// A file beyond this is streamed and never held: the child has little memory.
    private static final int HELD_BYTES_MAX = 8 << 20;

    private static final long PROGRESS_BYTES = 4L << 20;
    private static final int LINK_BYTES_MAX = 4096;
    private static final String COPY = "repository";
    private static final String TARGET = "refs/drover/target";

    private final FetchPlan plan;
    private final FetchPlan.Way.Git way;
    private final Consumer<Report> reports;
    private final InstantSource clock;
    private long bytes;
    private long reported;

    GitFetch(FetchPlan plan, FetchPlan.Way.Git way, Consumer<Report> reports, InstantSource clock) {
        this.plan = plan;
        this.way = way;
        this.reports = reports;
        this.clock = clock;
    }

    /// Puts the files into `folder`'s tree, as the plan says.
    Report.Done into(Path folder) throws IOException {
        WindowCacheConfig little = new WindowCacheConfig();
        little.setStreamFileThreshold(HELD_BYTES_MAX);
        little.install();
        FS.FileStoreAttributes.setBackground(true); // nobody waits for how fine a file's times are
        HttpTransport.setConnectionFactory(new Connections());
        try (Repository repository =
                        new FileRepositoryBuilder()
                                .setGitDir(folder.resolve(COPY).toFile())
                                .setBare()
                                .build();
                Git git = new Git(repository)) {
            repository.create(true);
            // Names that would leave a folder, or be one of Git's own, are refused as they come.
            repository.getConfig().setBoolean("fetch", null, "fsckObjects", true);
            return place(repository, fetched(git), folder);
        } catch (GitAPIException | JGitInternalException | TransportException e) {
            throw new FetchFailure("Git: " + reason(e));
        }
    }

    /// JGit's outer exceptions often say only where it happened.
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof FetchFailure)) {
            cause = cause.getCause();
        }
        return Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
    }

    private ObjectId fetched(Git git) throws GitAPIException, IOException {
        Optional<String> wanted = way.ref();
        if (wanted.filter(ObjectId::isId).isPresent()) {
            return commit(git, wanted.get());
        }
        fetch(git, List.of("+" + reference(git, wanted) + ":" + TARGET)).setDepth(1).call();
        return peeled(git.getRepository(), TARGET);
    }

    /// A commit by its hash: most servers give it alone; of others everything that has a name is
    /// fetched.
    private ObjectId commit(Git git, String hash) throws GitAPIException, IOException {
        try {
            fetch(git, List.of("+" + hash + ":" + TARGET)).setDepth(1).call();
        } catch (GitAPIException notAlone) {
            if (reasonIsOurs(notAlone)) {
                throw notAlone;
            }
            fetch(git, List.of("+refs/heads/*:refs/remotes/*", "+refs/tags/*:refs/tags/*")).call();
        }
        return peeled(git.getRepository(), hash);
    }

    private static boolean reasonIsOurs(Throwable failure) {
        return failure instanceof FetchFailure
                || (failure.getCause() != null && reasonIsOurs(failure.getCause()));
    }

    private FetchCommand fetch(Git git, List<String> specs) {
        return git.fetch()
                .setRemote(plan.source().toString())
                .setRefSpecs(specs.stream().map(RefSpec::new).toList())
                .setTagOpt(TagOpt.NO_TAGS)
                .setTimeout((int) SILENCE_MAX.toSeconds());
    }

    private static ObjectId peeled(Repository repository, String name) throws IOException {
        ObjectId commit = repository.resolve(name + "^{commit}");
        if (commit == null) {
            throw new FetchFailure("Git: " + name + " names no commit");
        }
        return commit;
    }

    /// The full name of what is wanted. One name for a branch and a tag is refused: guessing would
    /// let whoever may push a tag decide what runs.
    private String reference(Git git, Optional<String> wanted)
            throws GitAPIException, FetchFailure {
        Map<String, Ref> remote =
                git.lsRemote()
                        .setRemote(plan.source().toString())
                        .setTimeout((int) SILENCE_MAX.toSeconds())
                        .callAsMap();
        if (wanted.isEmpty()) {
            if (!remote.containsKey("HEAD")) {
                throw new FetchFailure("Git: the repository has no commit yet");
            }
            return "HEAD";
        }
        String name = wanted.get();
        List<String> found =
                List.of(name, "refs/heads/" + name, "refs/tags/" + name).stream()
                        .filter(full -> full.startsWith("refs/") && remote.containsKey(full))
                        .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new FetchFailure(
                found.isEmpty()
                        ? "Git: the repository has no branch, tag or commit " + name
                        : "Git: "
                                + name
                                + " is a branch and a tag: write refs/heads/"
                                + name
                                + " or refs/tags/"
                                + name);
    }

    private Report.Done place(Repository repository, ObjectId commit, Path folder)
            throws IOException {
        Path target = folder.resolve(Fetch.TREE).resolve(plan.target());
        boolean single = plan.place().mode() == Mode.FILE;
        Path root = single ? Optional.ofNullable(target.getParent()).orElse(folder) : target;
        Budget budget = new Budget(plan.limits(), bytes, clock);
        Tree tree = new Tree(root, budget);
        int before = budget.entries();
        try (var commits = new RevWalk(repository);
                var walk = new TreeWalk(repository)) {
            walk.addTree(commits.parseCommit(commit).getTree());
            walk.setRecursive(true);
            if (!way.folder().isEmpty()) {
                walk.setFilter(PathFilter.create(way.folder()));
            }
            while (walk.next()) {
                String path = walk.getPathString();
                if (single && path.equals(way.folder())) {
                    entry(repository, walk, String.valueOf(target.getFileName()), tree);
                } else if (!single && !path.equals(way.folder())) {
                    String within =
                            way.folder().isEmpty()
                                    ? path
                                    : path.substring(way.folder().length() + 1);
                    entry(repository, walk, within, tree);
                }
            }
        }
        tree.finish();
        if (budget.entries() == before) {
            throw new FetchFailure(
                    "Git: commit "
                            + commit.name()
                            + " has no "
                            + (single ? "file" : "folder")
                            + " \""
                            + way.folder()
                            + "\"");
        }
        return new Report.Done(bytes, budget.entries());
    }

    private static void entry(Repository repository, TreeWalk walk, String name, Tree tree)
            throws IOException {
        FileMode mode = walk.getFileMode(0);
        if (mode.equals(FileMode.GITLINK)) {
            tree.directory(name, 0755);
            return;
        }
        ObjectLoader object = repository.open(walk.getObjectId(0));
        if (mode.equals(FileMode.SYMLINK)) {
            tree.symbolicLink(
                    name, new String(object.getBytes(LINK_BYTES_MAX), StandardCharsets.UTF_8));
            return;
        }
        try (InputStream content = object.openStream()) {
            tree.file(name, mode.equals(FileMode.EXECUTABLE_FILE) ? 0755 : 0644, content);
        }
    }

    /// Every connection, those of redirects included, goes where artifacts may come from, past no
    /// proxy, and all of them together bring no more than the plan allows.
    private final class Connections implements HttpConnectionFactory {
        @Override
        public HttpConnection create(URL url) throws IOException {
            return create(url, Proxy.NO_PROXY);
        }

        @Override
        public HttpConnection create(URL url, Proxy proxy) throws IOException {
            try {
                URI at = url.toURI();
                Download.check(at, plan.loopback());
                Guarded connection = new Guarded(url);
                if (Download.origin(at).equals(Download.origin(plan.source()))) {
                    SortedMap<String, String> headers = way.headers();
                    headers.forEach(connection::setRequestProperty);
                }
                return connection;
            } catch (URISyntaxException e) {
                throw new FetchFailure("a redirect to something that is no URL");
            }
        }
    }

    /// Counts. The library hands out connections of this class alone.
    private final class Guarded extends JDKHttpConnection {
        Guarded(URL url) throws MalformedURLException, IOException {
            super(url, Proxy.NO_PROXY);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream());
        }
    }

    /// A library's stream that counts: what filters one extends this.
    private final class Counted extends FilterInputStream {
        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            count(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int n = super.read(buffer, from, length);
            count(Math.max(0, n));
            return n;
        }
    }

    private void count(int more) throws FetchFailure {
        bytes += more;
        if (bytes > plan.limits().bytes()) {
            throw new FetchFailure(
                    "larger than "
                            + plan.limits().bytes()
                            + " bytes, the most that this node fetches");
        }
        if (bytes - reported >= PROGRESS_BYTES) {
            reported = bytes;
            reports.accept(new Report.Progress(bytes, -1));
        }
    }
}
