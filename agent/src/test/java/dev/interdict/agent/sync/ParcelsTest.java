package dev.interdict.agent.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParcelsTest {
  private static InputStream files(int count, int length) throws IOException {
    var one = new ByteArrayOutputStream();
    Parcels.write(one, "1.root.json", new byte[length]);
    var end = new ByteArrayOutputStream();
    Parcels.end(end);
    var bytes = one.toByteArray();
    var all = new ArrayList<InputStream>();
    for (var i = 0; i < count; i++) {
      all.add(new ByteArrayInputStream(bytes));
    }
    all.add(new ByteArrayInputStream(end.toByteArray()));
    return new SequenceInputStream(Collections.enumeration(List.copyOf(all)));
  }

  @Test
  void more_bytes_than_a_client_keeps_are_not_taken() throws Exception {
    var taken = new int[1];
    Parcels.read(files(64, 1 << 20), (_, _) -> taken[0]++);
    assertEquals(64, taken[0]);
    assertThrows(IOException.class, () -> Parcels.read(files(65, 1 << 20), (_, _) -> {}));
  }
}
