package dev.interdict.agent.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Inventory;
import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// What the scan worker says, which parses hostile files and may have become one of them.
class InventoryFuzzTest {

  private static byte[] piped(Inventory inventory) throws IOException {
    var out = new ByteArrayOutputStream();
    InventoryPipe.write(inventory, out);
    return out.toByteArray();
  }

  @Test
  void one_document() throws InterruptedException {
    Fuzz.of("inventory")
        .seeds(
            JsonWriter.compact(InventoryJson.write(Samples.everything())),
            JsonWriter.compact(InventoryJson.write(Samples.packages(2))))
        .words("/home/ada", "%2E%2E", "pkg:npm/x", "main", "directory")
        .refuses(JsonException.class)
        .run(input -> {
          var read = InventoryReader.read(JsonReader.read(input, JsonLimits.OWN));
          assertEquals(read, InventoryReader.read(InventoryJson.write(read)));
        });
  }

  @Test
  void the_whole_pipe() throws Exception {
    Fuzz.of("inventory-pipe")
        .seeds(piped(Samples.everything()), piped(Samples.packages(300)))
        .refuses(IOException.class)
        .run(input -> {
          var read = InventoryPipe.read(new ByteArrayInputStream(input));
          assertEquals(read, InventoryPipe.read(new ByteArrayInputStream(piped(read))));
        });
  }
}
