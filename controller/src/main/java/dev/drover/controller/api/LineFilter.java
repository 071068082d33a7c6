package dev.drover.controller.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.drover.controller.http.Answer;
import dev.drover.controller.http.Call;
import dev.drover.controller.http.Reason;
import dev.drover.controller.http.RequestFailed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/// Lets through the lines of a body in which a pattern is found. RE2's patterns: they take time in
/// proportion to the line, whoever writes them.
final class LineFilter {
    /// A longer line is looked at in pieces of this size: it must not fill the memory.
    private static final int LINE_MAX = 64 << 10;

    private final Pattern pattern;

    private LineFilter(Pattern pattern) {
        this.pattern = pattern;
    }

    /// What `grep=PATTERN` asks for.
    static Optional<LineFilter> of(Call call) throws RequestFailed {
        Optional<String> text = call.query("grep");
        try {
            return text.map(Pattern::compile).map(LineFilter::new);
        } catch (PatternSyntaxException e) {
            throw new RequestFailed(
                    Reason.BAD_REQUEST, "grep=%s: %s".formatted(text.orElse(""), e.getMessage()));
        }
    }

    /// The body without the other lines.
    Answer.Body of(Answer.Body body) {
        return new Answer.Body() {
            @Override
            public void send(Answer.Sink sink) throws IOException, InterruptedException {
                Lines lines = new Lines(sink);
                body.send(lines);
                lines.end();
            }

            @Override
            public void close() throws IOException {
                body.close();
            }
        };
    }

    private final class Lines implements Answer.Sink {
        private final Answer.Sink sink;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(Answer.Sink sink) {
            this.sink = sink;
        }

        @Override
        public void write(byte[] bytes) throws IOException, InterruptedException {
            ByteArrayOutputStream found = new ByteArrayOutputStream();
            for (byte octet : bytes) {
                line.write(octet);
                if (octet == '\n' || line.size() == LINE_MAX) {
                    judge(found);
                }
            }
            if (found.size() > 0) {
                sink.write(found.toByteArray());
            }
        }

        private void judge(ByteArrayOutputStream found) {
            if (pattern.matcher(line.toString(UTF_8).stripTrailing()).find()) {
                found.writeBytes(line.toByteArray());
            }
            line.reset();
        }

        void end() throws IOException, InterruptedException {
            ByteArrayOutputStream found = new ByteArrayOutputStream();
            judge(found);
            if (found.size() > 0) {
                sink.write(found.toByteArray());
            }
        }
    }
}
