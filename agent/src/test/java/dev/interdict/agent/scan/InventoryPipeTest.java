package dev.interdict.agent.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.pipe.Frames;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InventoryPipeTest {
  private static byte[] written(Inventory inventory) throws IOException {
    var out = new ByteArrayOutputStream();
    InventoryPipe.write(inventory, out);
    return out.toByteArray();
  }

  private static Inventory read(byte[] bytes) throws IOException {
    return InventoryPipe.read(new ByteArrayInputStream(bytes));
  }

  @Test
  void everything_comes_out_as_it_went_in() throws IOException {
    assertEquals(Samples.everything(), read(written(Samples.everything())));
  }

  @Test
  void large_inventory_goes_in_many_frames() throws IOException {
    var large = Samples.packages(3 * InventoryPipe.PER_FRAME + 1);
    assertEquals(large, read(written(large)));
  }

  @Test
  void long_paths_make_more_frames_and_no_inventory_that_nobody_reads() throws IOException {
    var large = Samples.deep(3 * InventoryPipe.PER_FRAME);
    assertEquals(large, read(written(large)));
  }

  @Test
  void worker_that_dies_half_way_is_no_worker_that_saw_little() throws IOException {
    var whole = written(Samples.packages(3 * InventoryPipe.PER_FRAME));
    for (var length : new int[] {0, 3, 40, whole.length / 2, whole.length - 1}) {
      assertThrows(EOFException.class, () -> read(Arrays.copyOf(whole, length)));
    }
    // Exactly between two frames, with only the end missing.
    var end = "{\"end\":true}".length() + 4;
    assertThrows(EOFException.class, () -> read(Arrays.copyOf(whole, whole.length - end)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"format\":2}",
        "{\"format\":1,\"commands\":[\"rm\"]}",
        "{\"format\":1,\"gaps\":[{\"source\":\"s\",\"path\":\"/..\",\"reason\":\"io\","
            + "\"detail\":\"d\"}]}",
        "{\"format\":1,\"items\":[{\"source\":\"s\",\"identity\":{\"program\":\"x\"},"
            + "\"owner\":\"/home/nobody\",\"location\":\"/x\"}]}",
        "{\"format\":1,\"items\":[{\"source\":\"s\",\"identity\":{\"package\":\"no purl\"},"
            + "\"location\":\"/x\"}]}",
        "{\"format\":1,\"items\":[{\"source\":\"s\",\"identity\":{\"program\":\"x\"},"
            + "\"location\":\"x\"}]}",
        "{\"format\":1,\"complete\":false}",
        "not json"
      })
  void what_is_no_inventory_is_refused(String frame) throws IOException {
    var out = new ByteArrayOutputStream();
    Frames.write(out, frame.getBytes(StandardCharsets.UTF_8));
    Frames.write(out, "{\"end\":true}".getBytes(StandardCharsets.UTF_8));
    assertThrows(IOException.class, () -> read(out.toByteArray()));
  }

  /// A worker that was taken over says no end of nothing.
  @Test
  void an_inventory_without_end_is_refused() throws IOException {
    var frame = new ByteArrayOutputStream();
    Frames.write(
        frame, ("{\"format\":1" + " ".repeat(4_000_000) + "}").getBytes(StandardCharsets.UTF_8));
    var end = new ByteArrayOutputStream();
    Frames.write(end, "{\"end\":true}".getBytes(StandardCharsets.UTF_8));
    var bytes = frame.toByteArray();
    var all = new ArrayList<InputStream>();
    for (var i = 0; i < 60; i++) {
      all.add(new ByteArrayInputStream(bytes));
    }
    all.add(new ByteArrayInputStream(end.toByteArray()));
    var stream = new SequenceInputStream(Collections.enumeration(all));
    assertThrows(IOException.class, () -> InventoryPipe.read(stream));
  }

  @Test
  void json_form_holds_no_control_character() throws JsonException {
    var json = JsonWriter.compact(InventoryJson.write(Samples.everything()));
    for (var b : json) {
      assertTrue(b < 0 || b >= ' ');
    }
    assertEquals(Samples.everything(), InventoryReader.read(JsonReader.read(json, JsonLimits.OWN)));
  }
}
