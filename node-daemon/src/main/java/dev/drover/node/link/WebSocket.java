package dev.drover.node.link;

import dev.drover.manifests.wire.Wire;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The client's end of a WebSocket (RFC 6455), as much of it as the link needs: text both ways,
/// binary to the server, pings, and an orderly end. One frame is one write.
///
/// One thread reads. Any number write, and a text overtakes all but one of the waiting binary
/// messages: whoever sends those takes a turn among themselves first.
final class WebSocket implements AutoCloseable {
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int CONTROL = 8; // this opcode and those above it
    private static final int LAST = 0x80;
    private static final int MASKED = 0x80;
    private static final int RESERVED = 0x70;
    private static final int CONTROL_MAX = 125;
    private static final int SHORT_MAX = 125;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int HEADER_MAX = 8; // two bytes, a length of two more, the mask
    private static final int BUFFER = 16_384;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] frame = new byte[Wire.FRAME_MAX + HEADER_MAX];
    private Runnable heard = () -> {};
    private final ReentrantLock writing = new ReentrantLock(true);
    private final ReentrantLock binaryTurn = new ReentrantLock(true);

    /// Masks keep proxies from taking our bytes for something else; they are no secret between us
    /// and the server.
    private final SplittableRandom masks = new SplittableRandom(new SecureRandom().nextLong());

    private WebSocket(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = socket.getOutputStream();
    }

    /// Dials and shakes hands.
    ///
    /// @param dialled hears of the socket before anything waits for it: whoever closes it ends that
    static WebSocket open(Endpoint endpoint, String path, Duration max, Consumer<Socket> dialled)
            throws IOException {
        Socket socket = endpoint.connect(max, dialled);
        try {
            socket.setSoTimeout((int) max.toMillis());
            WebSocket opened = new WebSocket(socket);
            Handshake.perform(opened.in, opened.out, endpoint, path);
            return opened;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// How long the server may say nothing at all, not even answer a ping; `whenHeard` hears each
    /// time that it has said something.
    void heed(Duration silenceMax, Runnable whenHeard) throws IOException {
        socket.setSoTimeout((int) silenceMax.toMillis());
        heard = whenHeard;
    }

    /// Sends a text, in as many frames as it needs.
    void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writing.lock();
        try {
            int from = 0;
            do {
                int length = Math.min(Wire.FRAME_MAX, bytes.length - from);
                boolean last = from + length == bytes.length;
                write(from == 0 ? TEXT : 0, last, ByteBuffer.wrap(bytes, from, length));
                from += length;
            } while (from < bytes.length);
        } finally {
            writing.unlock();
        }
    }

    /// Sends bytes, at most one frame of them.
    void binary(ByteBuffer bytes) throws IOException {
        binaryTurn.lock();
        try {
            control(BINARY, bytes);
        } finally {
            binaryTurn.unlock();
        }
    }

    /// Asks whether the server lives. The answer comes as something read.
    void ping() throws IOException {
        control(PING, ByteBuffer.allocate(0));
    }

    private void control(int opcode, ByteBuffer payload) throws IOException {
        writing.lock();
        try {
            write(opcode, true, payload);
        } finally {
            writing.unlock();
        }
    }

    private void write(int opcode, boolean last, ByteBuffer payload) throws IOException {
        int length = payload.remaining();
        ByteBuffer to = ByteBuffer.wrap(frame);
        to.put((byte) ((last ? LAST : 0) | opcode));
        if (length <= SHORT_MAX) {
            to.put((byte) (MASKED | length));
        } else {
            to.put((byte) (MASKED | LENGTH_16)).putShort((short) length);
        }
        int mask = masks.nextInt();
        to.putInt(mask);
        byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(mask).array();
        for (int i = 0; i < length; i++) {
            to.put((byte) (payload.get() ^ key[i & 3]));
        }
        out.write(frame, 0, to.position());
    }

    /// The next text. Answers pings on the way.
    ///
    /// @throws EOFException when the server has ended the link; the message says why it did
    String read() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        boolean begun = false;
        while (true) {
            int first = octet();
            heard.run();
            int opcode = first & 0x0f;
            long length = length();
            if ((first & RESERVED) != 0) {
                throw new IOException("the server uses an extension that was not agreed on");
            }
            if (opcode >= CONTROL) {
                answer(opcode, length);
                continue;
            }
            if (opcode != (begun ? 0 : TEXT)) {
                throw new IOException("the server sent a frame that fits no text message");
            }
            if (message.size() + length > Wire.MESSAGE_MAX) {
                throw new IOException("a message is longer than " + Wire.MESSAGE_MAX + " bytes");
            }
            message.write(exactly((int) length));
            begun = true;
            if ((first & LAST) != 0) {
                return decoded(message.toByteArray());
            }
        }
    }

    private void answer(int opcode, long length) throws IOException {
        if (length > CONTROL_MAX) {
            throw new IOException("a control frame of " + length + " bytes");
        }
        byte[] payload = exactly((int) length);
        switch (opcode) {
            case PING -> control(PONG, ByteBuffer.wrap(payload));
            case PONG -> {} // having come is all it says
            case CLOSE -> {
                control(CLOSE, ByteBuffer.wrap(payload, 0, Math.min(2, payload.length)));
                String why =
                        payload.length > 2
                                ? new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8)
                                : "no reason given";
                throw new EOFException("the server closed the link: " + why);
            }
            default -> throw new IOException("a control frame of unknown kind " + opcode);
        }
    }

    private long length() throws IOException {
        int second = octet();
        if ((second & MASKED) != 0) {
            throw new IOException("the server masks its frames");
        }
        return switch (second) {
            case LENGTH_16 -> ByteBuffer.wrap(exactly(2)).getShort() & 0xffff;
            case LENGTH_64 -> {
                long length = ByteBuffer.wrap(exactly(8)).getLong();
                if (length < 0 || length > Wire.MESSAGE_MAX) {
                    throw new IOException("a frame of " + length + " bytes");
                }
                yield length;
            }
            default -> second;
        };
    }

    private int octet() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException("the server is gone");
        }
        return octet;
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the server is gone");
        }
        return bytes;
    }

    private static String decoded(byte[] utf8) throws IOException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw new IOException("a text that is not UTF-8", e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
