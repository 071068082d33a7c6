package dev.drover.node.beneath;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/// What came of reading a small text file beneath a folder.
public sealed interface Reading {

    record Found(String text) implements Reading {}

    record Missing() implements Reading {}

    record Refused(String why) implements Reading {}

    /// The text of a file. Neither it nor a folder on the way may be a link.
    ///
    /// @param bytesMax the file may have
    static Reading of(Destination.Beneath file, int bytesMax) throws IOException {
        try (SecureDirectoryStream<Path> root = Staging.secure(file.root())) {
            return descend(root, file.relative(), bytesMax);
        } catch (NoSuchFileException e) {
            return new Missing();
        } catch (NotDirectoryException e) {
            return new Refused("a part of the path is a file or a link");
        }
    }

    private static Reading descend(SecureDirectoryStream<Path> folder, Path relative, int bytesMax)
            throws IOException {
        if (relative.getNameCount() == 1) {
            return read(folder, relative, bytesMax);
        }
        Path first = relative.getName(0);
        if (attributes(folder, first).isSymbolicLink()) {
            return new Refused("a part of the path is a link");
        }
        try (SecureDirectoryStream<Path> inner =
                folder.newDirectoryStream(first, LinkOption.NOFOLLOW_LINKS)) {
            return descend(inner, relative.subpath(1, relative.getNameCount()), bytesMax);
        }
    }

    private static Reading read(SecureDirectoryStream<Path> folder, Path name, int bytesMax)
            throws IOException {
        BasicFileAttributes attributes = attributes(folder, name);
        if (!attributes.isRegularFile()) {
            return new Refused(attributes.isSymbolicLink() ? "it is a link" : "it is not a file");
        }
        try (SeekableByteChannel channel =
                folder.newByteChannel(
                        name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            byte[] bytes = Channels.newInputStream(channel).readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                return new Refused("it is larger than " + bytesMax + " bytes");
            }
            return new Found(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return new Refused("it is not UTF-8 text");
        }
    }

    private static BasicFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name)
            throws IOException {
        return folder.getFileAttributeView(
                        name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }
}
