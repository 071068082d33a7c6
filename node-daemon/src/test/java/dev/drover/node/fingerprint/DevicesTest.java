package dev.drover.node.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.manifests.model.NodeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is found is looked for in a tree that is made as the kernel makes its own.
class DevicesTest {
    @TempDir Path root;

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void pci(String address, String kind, String vendor, String device) throws IOException {
        String folder = "sys/bus/pci/devices/" + address + "/";
        write(folder + "class", kind + "\n");
        write(folder + "vendor", vendor + "\n");
        write(folder + "device", device + "\n");
    }

    private Devices look(String... declared) throws IOException {
        return Devices.look(root, Declared.of(List.of(declared), List.of(), List.of()));
    }

    @Test
    void a_gpu_of_nvidia_has_its_drivers_name_and_all_that_its_programs_open() throws Exception {
        pci("0000:65:00.0", "0x030200", "0x10de", "0x2330");
        pci("0000:66:00.0", "0x030200", "0x10de", "0x2330");
        for (int minor : new int[] {0, 1}) {
            write(
                    "proc/driver/nvidia/gpus/0000:6%d:00.0/information".formatted(5 + minor),
                    "Model: \t\t NVIDIA H100 80GB HBM3\nGPU UUID: \t GPU-%d\nDevice Minor: \t %d\n"
                            .formatted(minor, minor));
        }
        write("dev/nvidiactl", "");

        Devices found = look();

        assertThat(found.models())
                .containsExactly(
                        new NodeDevice(
                                "nvidia",
                                "gpu",
                                "NVIDIA H100 80GB HBM3",
                                Map.of("pci_id", "0x10de:0x2330"),
                                List.of("GPU-0", "GPU-1")));
        assertThat(found.named())
                .hasEntrySatisfying(
                        "nvidia/gpu/NVIDIA H100 80GB HBM3/GPU-1",
                        device ->
                                assertThat(device.files())
                                        .containsExactly(
                                                Path.of("/dev/nvidia1"),
                                                Path.of("/dev/nvidiactl")));
    }

    @Test
    void another_gpu_has_its_numbers_and_its_memory() throws Exception {
        pci("0000:03:00.0", "0x030000", "0x1002", "0x73bf");
        write("sys/bus/pci/devices/0000:03:00.0/mem_info_vram_total", "17163091968\n");
        write("sys/bus/pci/devices/0000:03:00.0/drm/card1/dev", "226:1");
        write("sys/bus/pci/devices/0000:03:00.0/drm/renderD129/dev", "226:129");

        Devices found = look();

        assertThat(found.models())
                .containsExactly(
                        new NodeDevice(
                                "amd",
                                "gpu",
                                "0x73bf",
                                Map.of("memory", "16368 MiB", "pci_id", "0x1002:0x73bf"),
                                List.of("0000:03:00.0")));
        assertThat(found.named().values().iterator().next().files())
                .containsExactly(Path.of("/dev/dri/card1"), Path.of("/dev/dri/renderD129"));
    }

    @Test
    void what_is_no_display_or_has_no_driver_is_not_given_out() throws Exception {
        pci("0000:00:01.0", "0x020000", "0x8086", "0x10d3");
        pci("0000:00:02.0", "0x030000", "0x8086", "0x46a6");

        assertThat(look().models()).isEmpty();
    }

    @Test
    void operators_name_what_the_machine_does_not_tell_apart() throws Exception {
        write("dev/ttyUSB0", "");
        write("dev/ttyUSB1", "");

        Devices found =
                look(
                        "acme/serial/modem=/dev/ttyUSB0,speed=115200",
                        "acme/serial/modem=/dev/ttyUSB1,speed=115200",
                        "acme/key/y5=/dev/hidraw9");

        assertThat(found.models())
                .containsExactly(
                        new NodeDevice(
                                "acme",
                                "serial",
                                "modem",
                                Map.of("speed", "115200"),
                                List.of("ttyUSB0", "ttyUSB1")));
        assertThat(found.missing()).containsExactly("the device /dev/hidraw9 is not there");
    }

    @Test
    void what_is_no_device_is_refused_in_words() {
        assertThatThrownBy(() -> look("ttyUSB0", "a/b/c=/etc/shadow"))
                .hasMessage(
                        "\"ttyUSB0\" is no device: vendor/type/name=/dev/x[,attribute=value…];"
                                + " \"a/b/c=/etc/shadow\" is no device:"
                                + " vendor/type/name=/dev/x[,attribute=value…]");
    }
}
