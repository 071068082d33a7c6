package dev.drover.node.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Gets the bytes of a plan's source, or of another URL for its sake, into a file. What a broken
/// connection has brought is not asked for again when the server can say that the rest is of the
/// same file. Redirects are followed by hand, because each target is checked like the source
/// itself; names are resolved once, because what was checked must be what is dialled (see
/// [Fetch#main]).
final class Download {

    private static final int REDIRECTS_MAX = 10;
    private static final int BUFFER_BYTES = 64 << 10;
    private static final long PROGRESS_BYTES = 4L << 20;
    private static final Duration CONNECT_MAX = Duration.ofSeconds(20);
    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /// Another try may help: the server is busy, restarting, or behind something that is.
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

    private static final int REASON_BYTES_MAX = 4096;
    private static final Pattern S3_CODE = Pattern.compile("<Code>([\\w.]{1,100})</Code>");
    private static final Pattern S3_MESSAGE =
            Pattern.compile("<Message>([^<\\p{Cntrl}]{1,300})</Message>");

    /// Waits between two attempts.
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    private final FetchPlan plan;
    private final HttpClient client;
    private final Pause pause;
    private final Consumer<Report> reports;
    private final InstantSource clock;

    /// Which version of the file the bytes are of that are there: the server's word for it.
    private Optional<String> version = Optional.empty();

    Download(
            FetchPlan plan,
            HttpClient client,
            Pause pause,
            Consumer<Report> reports,
            InstantSource clock) {
        this.plan = plan;
        this.client = client;
        this.pause = pause;
        this.reports = reports;
        this.clock = clock;
    }

    /// A client that follows nothing and asks no proxy.
    static HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT_MAX);
    }

    /// Downloads the plan's source.
    long into(Path file) throws IOException, InterruptedException {
        return into(file, plan.source());
    }

    /// Downloads into the file and returns its size. Tries again after what may pass, each time
    /// later.
    long into(Path file, URI source) throws IOException, InterruptedException {
        version = Optional.empty();
        Duration delay = FIRST_DELAY;
        for (int attempt = 1; ; attempt++) {
            try {
                return once(file, source);
            } catch (FetchFailure wrong) {
                throw wrong;
            } catch (IOException passing) {
                if (attempt >= plan.limits().attempts()) {
                    throw new FetchFailure(said(passing) + " (" + attempt + " attempts)");
                }
                pause.of(delay);
                delay = delay.multipliedBy(2);
            }
        }
    }

    private static String said(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure) {
            case java.net.ConnectException _ -> "nobody answers: connection refused";
            case java.net.http.HttpTimeoutException _ -> "no answer in time";
            default -> message.equals("null") ? failure.getClass().getSimpleName() : message;
        };
    }

    private long once(Path file, URI source) throws IOException, InterruptedException {
        long there = version.isPresent() ? Files.size(file) : 0;
        URI at = source;
        for (int i = 0; i <= REDIRECTS_MAX; i++) {
            check(at, plan.loopback());
            HttpResponse<InputStream> response =
                    client.send(request(at, there), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                int status = response.statusCode();
                if (status == 200 || (status == 206 && there > 0 && goesOn(response, there))) {
                    version = version(response);
                    return save(response, body, status == 206 ? there : 0, file);
                }
                if (there > 0 && status >= 400) {
                    version = Optional.empty(); // what is there is of no use: from the beginning
                    throw new IOException("HTTP status " + status + " for the rest of a file");
                }
                if (!REDIRECTS.contains(status)) {
                    throw refused(status, at, reason(body));
                }
                at = redirected(at, response.headers().firstValue("location"));
            }
        }
        throw new FetchFailure("more than " + REDIRECTS_MAX + " redirects");
    }

    /// A strong mark only: bytes of two versions together are of none.
    private static Optional<String> version(HttpResponse<?> response) {
        return response.headers()
                .firstValue("etag")
                .filter(tag -> !tag.startsWith("W/"))
                .or(() -> response.headers().firstValue("last-modified"));
    }

    private static boolean goesOn(HttpResponse<?> response, long there) {
        return response.headers()
                .firstValue("content-range")
                .filter(range -> range.startsWith("bytes " + there + "-"))
                .isPresent();
    }

    /// S3 says in XML what it does not like; others say a page that helps nobody in one line.
    private String reason(InputStream body) throws IOException {
        if (!(plan.way() instanceof FetchPlan.Way.S3)) {
            return "";
        }
        String text = new String(body.readNBytes(REASON_BYTES_MAX), StandardCharsets.UTF_8);
        Matcher code = S3_CODE.matcher(text);
        Matcher message = S3_MESSAGE.matcher(text);
        return (code.find() ? ": " + code.group(1) : "")
                + (message.find() ? ": " + message.group(1) : "");
    }

    private static IOException refused(int status, URI at, String reason) {
        String message = "HTTP status " + status + " from " + at.getHost() + reason;
        return PASSING.contains(status) ? new IOException(message) : new FetchFailure(message);
    }

    private static URI redirected(URI from, Optional<String> location) throws FetchFailure {
        try {
            URI to =
                    from.resolve(
                            location.orElseThrow(() -> new FetchFailure("a redirect to nowhere")));
            if ("https".equalsIgnoreCase(from.getScheme())
                    && !"https".equalsIgnoreCase(to.getScheme())) {
                throw new FetchFailure(
                        "a redirect from https to "
                                + to.getScheme()
                                + " would give up the encryption");
            }
            return to;
        } catch (IllegalArgumentException e) {
            throw new FetchFailure("a redirect to something that is no URL");
        }
    }

    /// Scheme, user info and every address of the name.
    static void check(URI at, boolean loopback) throws IOException {
        String scheme = String.valueOf(at.getScheme());
        if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
            throw new FetchFailure(scheme + ": is not fetched; only http and https are");
        }
        if (at.getHost() == null || at.getRawUserInfo() != null) {
            throw new FetchFailure(
                    "the URL has no host, or a user in it; credentials belong into headers");
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(at.getHost())) {
                Optional<String> refusal = Addresses.refusal(address, loopback);
                if (refusal.isPresent()) {
                    throw new FetchFailure(
                            at.getHost()
                                    + " is "
                                    + address.getHostAddress()
                                    + ", which is refused: "
                                    + refusal.get());
                }
            }
        } catch (UnknownHostException e) {
            throw new IOException("no address is known for " + at.getHost(), e);
        }
    }

    /// The job's headers go to the source's own origin: a redirect elsewhere must not carry them
    /// along.
    private HttpRequest request(URI at, long there) throws FetchFailure {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at)
                        .timeout(plan.limits().time())
                        .header("User-Agent", "drover");
        boolean own = origin(at).equals(origin(plan.source()));
        try {
            SortedMap<String, String> range = new TreeMap<>();
            if (there > 0) {
                range.put("range", "bytes=" + there + "-");
                range.put("if-range", version.orElse(""));
            }
            range.forEach(request::setHeader);
            if (own) {
                shown(at, range).forEach(request::setHeader);
            }
            return request.build();
        } catch (IllegalArgumentException e) {
            throw new FetchFailure("a header that HTTP does not allow: " + e.getMessage());
        }
    }

    private SortedMap<String, String> shown(URI at, SortedMap<String, String> others) {
        return switch (plan.way()) {
            case FetchPlan.Way.Web(SortedMap<String, String> headers) -> headers;
            case FetchPlan.Way.Git git -> git.headers(); // of its files one by one: see GitFetch
            case FetchPlan.Way.S3(Optional<S3Signature.Keys> keys) ->
                    keys.map(k -> S3Signature.sign(at, others, k, clock.instant()))
                            .orElseGet(TreeMap::new);
        };
    }

    static String origin(URI at) {
        return at.getScheme() + "://" + at.getHost() + ":" + at.getPort();
    }

    private long save(HttpResponse<?> response, InputStream body, long there, Path file)
            throws IOException {
        long rest = response.headers().firstValueAsLong("content-length").orElse(-1);
        long announced = rest < 0 ? -1 : there + rest;
        long most = plan.limits().bytes();
        if (announced > most) {
            throw tooLarge(most);
        }
        long bytes = there;
        long reported = there;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (OutputStream out = there > 0 ? appending(file) : Files.newOutputStream(file)) {
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                bytes += n;
                if (bytes > most) {
                    throw tooLarge(most);
                }
                out.write(buffer, 0, n);
                if (bytes - reported >= PROGRESS_BYTES) {
                    reported = bytes;
                    reports.accept(new Report.Progress(bytes, announced));
                }
            }
        }
        if (announced >= 0 && bytes != announced) {
            throw new IOException(
                    "the connection ended after " + bytes + " of " + announced + " bytes");
        }
        return bytes;
    }

    private static OutputStream appending(Path file) throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.APPEND);
    }

    private static FetchFailure tooLarge(long most) {
        return new FetchFailure("larger than " + most + " bytes, the most that this node fetches");
    }
}
