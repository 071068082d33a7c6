package dev.drover.node.artifact;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A web server of the test on 127.0.0.1, on a port of its own.
final class WebServer implements AutoCloseable {

    interface Answer {
        void to(HttpExchange request) throws IOException;
    }

    private final HttpServer server;
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    private WebServer(HttpServer server) {
        this.server = server;
    }

    static WebServer start() throws IOException {
        WebServer web =
                new WebServer(
                        HttpServer.create(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        web.server.start();
        return web;
    }

    WebServer file(String path, byte[] content) {
        return answer(
                path,
                request -> {
                    request.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
                    request.getResponseBody().write(content);
                });
    }

    WebServer redirect(String path, String location) {
        return answer(
                path,
                request -> {
                    request.getResponseHeaders().set("Location", location);
                    request.sendResponseHeaders(302, -1);
                });
    }

    WebServer answer(String path, Answer answer) {
        server.createContext(
                path,
                request -> {
                    requests.add(
                            path
                                    + " "
                                    + String.valueOf(
                                            request.getRequestHeaders().getFirst("X-Token")));
                    try (request) {
                        answer.to(request);
                    }
                });
        return this;
    }

    /// Path and token of each request so far.
    List<String> requests() {
        return List.copyOf(requests);
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
