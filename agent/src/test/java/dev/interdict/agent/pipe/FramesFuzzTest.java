package dev.interdict.agent.pipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.interdict.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FramesFuzzTest {

  @Test
  void a_length_that_is_only_declared_takes_no_memory() throws Exception {
    var stream = new ByteArrayOutputStream();
    Frames.write(stream, new byte[0]);
    Frames.write(stream, "{\"end\":true}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Fuzz.of("frames")
        .seeds(stream.toByteArray())
        .refuses(IOException.class)
        .grants(1 << 20)
        .run(input -> {
          var bounded = Arrays.copyOf(input, Math.min(input.length, 4_000));
          var in = new ByteArrayInputStream(bounded);
          var out = new ByteArrayOutputStream();
          for (var frame = Frames.read(in, 1 << 30);
              frame != null;
              frame = Frames.read(in, 1 << 30)) {
            Frames.write(out, frame);
          }
          assertArrayEquals(bounded, out.toByteArray());
        });
  }
}
