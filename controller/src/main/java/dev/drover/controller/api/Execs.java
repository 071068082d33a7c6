package dev.drover.controller.api;

import dev.drover.controller.http.Answer;
import dev.drover.controller.http.Call;
import dev.drover.controller.http.Reason;
import dev.drover.controller.http.RequestFailed;
import dev.drover.controller.nodes.NodeStream;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.wire.ExecFrame;
import dev.drover.manifests.wire.ExecInput;
import dev.drover.manifests.wire.ExecRequest;
import dev.drover.manifests.wire.StreamRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Answers whoever wants to run a command beside a task. Its output is the answer; its input comes
/// in calls of their own, under a name that only the one who started it is told.
///
/// ```text
///  POST …/allocations/A/exec  ──▶ SESSION s, STDOUT …, STDERR …, EXIT n   for as long as it runs
///  POST …/exec/s/input        ──▶ 200 once the node has room for it: whoever waits for the answer
///                                 before the next one keeps the order, and is not faster
/// ```
final class Execs {
    private static final int NAME_BYTES = 16; // nobody guesses 128 bits

    private final Remains remains;
    private final Map<String, NodeStream> sessions = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    Execs(Remains remains) {
        this.remains = remains;
    }

    Answer start(Call call) throws RequestFailed, IOException, InterruptedException {
        Allocation allocation = remains.allocation(call);
        ExecRequest wanted = body(ExecRequest.class, call);
        if (wanted.command().isEmpty()) {
            throw new RequestFailed(Reason.BAD_REQUEST, "command is missing: what should run?");
        }
        return remains.stream(
                allocation.spec().node(),
                new StreamRequest.Exec(
                        allocation.id(),
                        remains.task(allocation, wanted.task()),
                        wanted.command(),
                        wanted.terminal()),
                this::session);
    }

    private Answer.Body session(NodeStream stream, Answer.Body output) {
        byte[] bytes = new byte[NAME_BYTES];
        random.nextBytes(bytes);
        String name = HexFormat.of().formatHex(bytes);
        sessions.put(name, stream);
        return new Answer.Body() {
            @Override
            public void send(Answer.Sink sink) throws IOException, InterruptedException {
                ByteBuffer first = ExecFrame.bytes(ExecFrame.Channel.SESSION, name);
                byte[] frame = new byte[first.remaining()];
                first.get(frame);
                sink.write(frame);
                output.send(sink);
            }

            @Override
            public void close() throws IOException {
                sessions.remove(name);
                output.close();
            }
        };
    }

    Answer input(Call call) throws RequestFailed, InterruptedException {
        NodeStream stream = sessions.get(call.parameter("session"));
        if (stream == null) {
            throw new RequestFailed(Reason.NOT_FOUND, "the command has ended");
        }
        ExecInput input = body(ExecInput.class, call);
        if (input.base64().length() > ExecInput.BYTES_MAX * 2) {
            throw new RequestFailed(
                    Reason.BAD_REQUEST,
                    "at most %d bytes of input at once".formatted(ExecInput.BYTES_MAX));
        }
        return stream.give(input)
                ? Answer.json("{}")
                : Answer.failed(Reason.NOT_FOUND, "the command has ended");
    }

    private static <T extends Record> T body(Class<T> type, Call call) throws RequestFailed {
        try {
            return RecordJson.read(type, call.body());
        } catch (IOException e) {
            throw new RequestFailed(Reason.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }
}
