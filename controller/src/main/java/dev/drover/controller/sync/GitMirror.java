package dev.drover.controller.sync;

import dev.drover.manifests.model.GitSourceSpec;
import dev.drover.manifests.validate.GitSourceRules;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A bare copy of one remote repository. Files are read out of the commit's tree: nothing is ever
/// checked out, so no hook, filter, submodule or link of the repository can act.
final class GitMirror {
    private static final Logger LOG = LoggerFactory.getLogger(GitMirror.class);

    /// Largest manifest, as everywhere else.
    private static final long FILE_BYTES_MAX = 10 * 1024 * 1024;

    /// All manifests of one source together: a source beyond it wants a narrower path.
    private static final long SOURCE_BYTES_MAX = 64 * 1024 * 1024;

    /// Manifests of one source.
    private static final int FILES_MAX = 10_000;

    /// A remote that says nothing for so long is given up.
    private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

    /// Where the fetched commit is kept in the copy.
    private static final String TARGET = "refs/drover/target";

    /// What is most likely meant as a commit. The remote gives none by the beginning of its hash.
    private static final Pattern ABBREVIATED = Pattern.compile("[0-9a-f]{7,39}");

    /// What a remote answers to a hash it does not give says nothing.
    private static final String UNNAMED =
            "; it may have no such commit, or give none by its hash: a branch or a tag is always given";

    private static final Set<String> ENDINGS = Set.of("hcl", "nomad", "yaml", "yml", "json");

    private final Path folder;

    /// A copy in `folder`, which is made when it is missing and belongs to the mirror alone.
    GitMirror(Path folder) {
        this.folder = folder;
    }

    /// Fetches what the source names and reads the manifests there.
    Fetched fetch(GitSourceSpec source) {
        Optional<GitSourceRules.Refusal> refused = GitSourceRules.refusal(source.url());
        if (refused.isPresent()) {
            return new Fetched.Failed(refused.get().what() + ": " + refused.get().fix());
        }
        try {
            return switch (reference(source)) {
                case Reference.Named(String full) -> copied(source, full);
                case Reference.Missing(String because) -> new Fetched.Failed(because);
            };
        } catch (GitAPIException | IOException | JGitInternalException failure) {
            return new Fetched.Failed(
                    "cannot fetch "
                            + source.url()
                            + ": "
                            + reason(failure)
                            + (source.ref().filter(ObjectId::isId).isPresent() ? UNNAMED : ""));
        }
    }

    /// The copy is worth nothing but the time to make it: one that is broken, as after a loss of
    /// power, is made anew.
    private Fetched copied(GitSourceSpec source, String full) throws GitAPIException, IOException {
        try {
            return copy(source, full);
        } catch (GitAPIException | IOException | JGitInternalException broken) {
            LOG.info("the copy of {} is made anew: {}", source.url(), reason(broken));
            remove();
            return copy(source, full);
        }
    }

    private Fetched copy(GitSourceSpec source, String full) throws GitAPIException, IOException {
        try (Repository repository = open();
                Git git = new Git(repository)) {
            return read(repository, download(git, source, full), source);
        }
    }

    /// Removes the copy.
    void remove() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private Repository open() throws IOException {
        Files.createDirectories(folder);
        Repository repository =
                new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
        if (!repository.getObjectDatabase().exists()) {
            repository.create(true);
        }
        return repository;
    }

    /// The full name of what the source follows: a reference's, or the hash of a commit.
    private sealed interface Reference {
        record Named(String full) implements Reference {}

        record Missing(String because) implements Reference {}
    }

    /// Looks the reference up at the remote. One name for a branch and a tag is refused: guessing
    /// would let whoever may push a tag decide what runs.
    private static Reference reference(GitSourceSpec source) throws GitAPIException {
        Map<String, Ref> remote =
                Git.lsRemoteRepository()
                        .setRemote(source.url())
                        .setTimeout((int) SILENCE_MAX.toSeconds())
                        .callAsMap();
        if (source.ref().isEmpty()) {
            return remote.containsKey("HEAD")
                    ? new Reference.Named("HEAD")
                    : new Reference.Missing("the repository has no commit yet");
        }
        String wanted = source.ref().get();
        if (ObjectId.isId(wanted)) {
            return new Reference.Named(wanted);
        }
        List<String> found =
                List.of(wanted, "refs/heads/" + wanted, "refs/tags/" + wanted).stream()
                        .filter(name -> name.startsWith("refs/") && remote.containsKey(name))
                        .toList();
        return switch (found.size()) {
            case 0 -> new Reference.Missing(absent(wanted));
            case 1 -> new Reference.Named(found.getFirst());
            default ->
                    new Reference.Missing(
                            wanted
                                    + " is a branch and a tag: write refs/heads/"
                                    + wanted
                                    + " or refs/tags/"
                                    + wanted);
        };
    }

    private static String absent(String wanted) {
        String absent = "the repository has no branch or tag " + wanted;
        return ABBREVIATED.matcher(wanted).matches()
                ? absent + "; a commit is named by all 40 digits of its hash"
                : absent;
    }

    private static ObjectId download(Git git, GitSourceSpec source, String full)
            throws GitAPIException, IOException {
        git.fetch()
                .setRemote(source.url())
                .setRefSpecs(new RefSpec("+" + full + ":" + TARGET))
                .setTagOpt(TagOpt.NO_TAGS)
                .setDepth(1)
                .setTimeout((int) SILENCE_MAX.toSeconds())
                .call();
        String kept = ObjectId.isId(full) ? full : TARGET; // a hash moves no reference
        ObjectId commit = git.getRepository().resolve(kept + "^{commit}");
        if (commit == null) {
            throw new IOException(full + " does not name a commit");
        }
        return commit;
    }

    private static Fetched read(Repository repository, ObjectId commit, GitSourceSpec source)
            throws IOException {
        SortedMap<String, Fetched.Blob> files = new TreeMap<>();
        String path = source.path().map(GitMirror::trimmed).orElse("");
        long bytes = 0;
        try (var commits = new RevWalk(repository);
                var tree = new TreeWalk(repository)) {
            tree.addTree(commits.parseCommit(commit).getTree());
            tree.setRecursive(true);
            if (!path.isEmpty()) {
                tree.setFilter(PathFilter.create(path));
            }
            while (tree.next()) {
                if (!manifest(tree.getPathString())) {
                    continue;
                }
                Fetched.Blob blob = blob(repository, tree);
                files.put(tree.getPathString(), blob);
                bytes += blob instanceof Fetched.Blob.Text(String text) ? text.length() : 0;
                if (files.size() > FILES_MAX || bytes > SOURCE_BYTES_MAX) {
                    return new Fetched.Failed(
                            "more than "
                                    + FILES_MAX
                                    + " manifests or 64 MiB of them: name a narrower path");
                }
            }
        }
        return files.isEmpty()
                ? new Fetched.Failed(
                        "no manifest at " + (path.isEmpty() ? "the top of the repository" : path))
                : new Fetched.At(commit.name(), Collections.unmodifiableSortedMap(files));
    }

    private static Fetched.Blob blob(Repository repository, TreeWalk tree) throws IOException {
        if (!tree.getFileMode(0).equals(FileMode.REGULAR_FILE)
                && !tree.getFileMode(0).equals(FileMode.EXECUTABLE_FILE)) {
            return new Fetched.Blob.Unread(
                    "not a plain file: links and submodules are not followed");
        }
        var object = repository.open(tree.getObjectId(0));
        if (object.getSize() > FILE_BYTES_MAX) {
            return new Fetched.Blob.Unread("larger than 10 MiB");
        }
        try {
            return new Fetched.Blob.Text(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(object.getBytes()))
                            .toString());
        } catch (CharacterCodingException notText) {
            return new Fetched.Blob.Unread("not UTF-8 text");
        }
    }

    private static boolean manifest(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') && ENDINGS.contains(path.substring(dot + 1));
    }

    private static String trimmed(String path) {
        return path.replaceAll("^(\\./|/)+|/+$", "");
    }

    /// JGit's outer exceptions often say only where it happened.
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
    }
}
