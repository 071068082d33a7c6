import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Copies a jar as the package wants it: without native libraries (the one that is needed lies
/// beside it), and with class files that an AOT cache takes. It takes none older than version 50,
/// which have no stack maps (picocli is compiled for Java 5): those get stack maps and the version
/// of Java 8.
///
/// `java Repack.java FROM TO`
final class Repack {
    /// The first version that an AOT cache takes.
    private static final int TAKEN = 50;

    private static final int JAVA_8 = 52;
    private static final int VERSION_AT = 6; // after the magic number and the minor version

    private final ClassFile classes;

    private Repack(ClassHierarchyResolver hierarchy) {
        classes =
                ClassFile.of(
                        ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                        ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    }

    public static void main(String[] arguments) throws IOException {
        Path from = Path.of(arguments[0]);
        Path to = Path.of(arguments[1]);
        try (var loader = new URLClassLoader(new URL[] {from.toUri().toURL()});
                var in = new ZipFile(from.toFile());
                var out = new ZipOutputStream(Files.newOutputStream(to))) {
            var known =
                    ClassHierarchyResolver.ofResourceParsing(loader)
                            .orElse(ClassHierarchyResolver.defaultResolver());
            var repack = new Repack(known);
            for (ZipEntry entry : Collections.list(in.entries())) {
                if (!entry.isDirectory() && !isNative(entry.getName())) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    out.write(repack.content(in, entry));
                    out.closeEntry();
                }
            }
        }
    }

    private static boolean isNative(String name) {
        return name.endsWith(".so") || name.endsWith(".dll") || name.endsWith(".jnilib");
    }

    private byte[] content(ZipFile in, ZipEntry entry) throws IOException {
        try (InputStream stream = in.getInputStream(entry)) {
            byte[] bytes = stream.readAllBytes();
            boolean old =
                    entry.getName().endsWith(".class")
                            && ByteBuffer.wrap(bytes).getShort(VERSION_AT) < TAKEN;
            return old ? renewed(bytes) : bytes;
        }
    }

    /// Every method is written anew, since only then does it get a stack map.
    private byte[] renewed(byte[] bytes) {
        ClassTransform methods =
                ClassTransform.transformingMethodBodies((code, element) -> code.with(element));
        ClassTransform version =
                (type, element) -> {
                    if (element instanceof ClassFileVersion) {
                        type.withVersion(JAVA_8, 0);
                    } else {
                        type.with(element);
                    }
                };
        return classes.transformClass(classes.parse(bytes), methods.andThen(version));
    }
}
