package dev.drover.node.check;

import dev.drover.manifests.model.Exit;
import dev.drover.node.driver.Execution;
import dev.drover.node.driver.Finished;
import dev.drover.node.driver.Running;
import dev.drover.node.task.Words;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries a check out once. Never longer than its timeout: whatever it holds open then is closed.
final class Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);
    private static final int REDIRECTS_MAX = 5;
    private static final int HTTP_OK = 200;
    private static final int HTTP_REDIRECT = 300;
    private static final int HTTP_ERROR = 400;
    private static final int HTTP_TOO_MANY = 429;

    private final Probe probe;
    private final Duration timeout;
    private final Function<String, Optional<Running>> tasks;
    private final CompletableFuture<Optional<Outcome>> result = new CompletableFuture<>();
    private boolean over;
    private Optional<AutoCloseable> held = Optional.empty();

    /// @param tasks what runs now of each task
    Attempt(Probe probe, Duration timeout, Function<String, Optional<Running>> tasks) {
        this.probe = probe;
        this.timeout = timeout;
        this.tasks = tasks;
    }

    /// Empty when nothing can be said: the task of a script does not run just now.
    Optional<Outcome> run() throws InterruptedException {
        Thread.ofVirtual().name("probe").start(this::perform);
        try {
            return result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return Optional.of(Outcome.critical("no answer within " + Words.of(timeout)));
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        } finally {
            end();
        }
    }

    private void perform() {
        try {
            result.complete(
                    switch (probe) {
                        case Probe.Tcp tcp -> Optional.of(tcp(tcp));
                        case Probe.Http http -> Optional.of(http(http));
                        case Probe.Script script -> script(script);
                        case Probe.Impossible(String because) ->
                                Optional.of(Outcome.critical(because));
                    });
        } catch (IOException e) {
            failed(Optional.ofNullable(e.getMessage()).orElse(e.toString()));
        } catch (IllegalArgumentException mistake) { // of a URL that nobody can read
            failed(String.valueOf(mistake.getMessage()));
        } catch (RuntimeException bug) { // else the check would stay as it was last
            LOG.error("a mistake in a check: {}", probe, bug);
            failed(Words.MISTAKE);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(String because) {
        result.complete(Optional.of(Outcome.critical(because)));
    }

    private Outcome tcp(Probe.Tcp tcp) throws IOException {
        try (Socket socket = connected(tcp.host(), tcp.port())) {
            return Outcome.passing("TCP connect " + tcp.host() + ":" + socket.getPort() + ": ok");
        } catch (IOException e) {
            throw new IOException(
                    "TCP connect " + tcp.host() + ":" + tcp.port() + ": " + e.getMessage(), e);
        }
    }

    private Outcome http(Probe.Http http) throws IOException {
        URI first = URI.create(http.url());
        URI url = first;
        for (int i = 0; i <= REDIRECTS_MAX; i++) {
            HttpExchange.Reply reply = exchange(url, http);
            boolean redirect = reply.status() >= HTTP_REDIRECT && reply.status() < HTTP_ERROR;
            if (!redirect || reply.location().isEmpty()) {
                return judged(http, reply);
            }
            url = url.resolve(reply.location().get());
            if (!String.valueOf(url.getRawAuthority()).equals(first.getRawAuthority())) {
                return Outcome.critical(
                        "HTTP "
                                + http.method()
                                + " "
                                + first
                                + ": a redirect to another host or port ("
                                + url
                                + ") is not followed");
            }
        }
        return Outcome.critical("more than " + REDIRECTS_MAX + " redirects from " + first);
    }

    private static Outcome judged(Probe.Http http, HttpExchange.Reply reply) {
        String words =
                "HTTP "
                        + http.method()
                        + " "
                        + http.url()
                        + ": "
                        + reply.status()
                        + " "
                        + reply.reason();
        if (reply.status() >= HTTP_OK && reply.status() < HTTP_REDIRECT) {
            return Outcome.passing(words);
        }
        String all = reply.body().isEmpty() ? words : words + " Output: " + reply.body();
        return reply.status() == HTTP_TOO_MANY ? Outcome.warning(all) : Outcome.critical(all);
    }

    private HttpExchange.Reply exchange(URI url, Probe.Http http) throws IOException {
        boolean secure = "https".equals(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        String host = String.valueOf(url.getHost()).replaceAll("[\\[\\]]", "");
        try (Socket plain = connected(host, port);
                Socket socket = secure ? secured(plain, host, http.tls()) : plain) {
            return HttpExchange.perform(socket, url, http);
        } catch (IOException e) {
            throw new IOException("HTTP " + http.method() + " " + url + ": " + e.getMessage(), e);
        }
    }

    private Socket connected(String host, int port) throws IOException {
        Socket socket = new Socket();
        hold(socket);
        int millis = (int) timeout.toMillis();
        socket.connect(new InetSocketAddress(host, port), millis);
        socket.setSoTimeout(millis);
        return socket;
    }

    private static Socket secured(Socket plain, String host, Probe.Tls tls) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        context(tls)
                                .getSocketFactory()
                                .createSocket(
                                        plain, tls.name().orElse(host), plain.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        if (tls.verified()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        tls.name().ifPresent(name -> parameters.setServerNames(List.of(new SNIHostName(name))));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static SSLContext context(Probe.Tls tls) throws IOException {
        try {
            if (tls.verified()) {
                return SSLContext.getDefault();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be used here: " + e.getMessage(), e);
        }
    }

    /// The job's author has said that it does not matter who answers.
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private Optional<Outcome> script(Probe.Script script) throws IOException, InterruptedException {
        Optional<Running> task = tasks.apply(script.task());
        if (task.isEmpty()) {
            return Optional.empty();
        }
        try (Execution run = task.get().exec(script.command())) {
            hold(run);
            Finished end = Finished.of(run, Outcome.OUTPUT_MAX);
            String words = end.said().isEmpty() ? Words.of(end.exit()) : end.said();
            return Optional.of(
                    switch (end.exit()) {
                        case Exit.Code(int code) when code == 0 -> Outcome.passing(words);
                        case Exit.Code(int code) when code == 1 -> Outcome.warning(words);
                        case Exit.Code _, Exit.Signal _, Exit.OutOfMemory _, Exit.Unseen _ ->
                                Outcome.critical(words);
                    });
        }
    }

    private synchronized void hold(AutoCloseable open) throws IOException {
        held = Optional.of(open);
        if (over) {
            close(open);
            throw new IOException("it was too late");
        }
    }

    private synchronized void end() {
        over = true;
        if (held.isPresent()) {
            try {
                close(held.get());
            } catch (IOException closing) {
                // The outcome is known, and what is closed twice does not mind.
            }
        }
    }

    private static void close(AutoCloseable open) throws IOException {
        switch (open) {
            case Socket socket -> socket.close();
            case Execution execution -> execution.close();
            default -> throw new IllegalStateException("an attempt never holds a " + open);
        }
    }
}
