package dev.interdict.trust.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder that is served follows a repository that is kept elsewhere.
class RepositoryMirrorTest {
  @TempDir Path temp;
  private RepositoryFiles source;
  private RepositoryFiles served;
  private RepositoryMirror mirror;

  @BeforeEach
  void start() {
    source = Repository.files(temp.resolve("source"));
    served = Repository.files(temp.resolve("served"));
    mirror = new RepositoryMirror(temp.resolve("served"), source);
    served.write("1.root.json", bytes("of before"));
    served.write("1.snapshot.json", bytes("of before"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private List<String> names() {
    return served.names().stream().filter(name -> !name.startsWith(".")).toList();
  }

  @Test
  void it_says_what_the_repository_says_and_nothing_else() throws Exception {
    source.write("1.root.json", bytes("a root"));
    source.write("timestamp.json", bytes("a timestamp"));
    assertEquals(3, mirror.follow());
    assertEquals(List.of("1.root.json", "timestamp.json"), names());
    assertArrayEquals(bytes("a root"), served.read("1.root.json", 100));
    assertEquals(0, mirror.follow());
  }

  /// The timestamp is read first, so a change of the root may come between.
  @Test
  void a_root_never_comes_with_the_timestamp_of_before_it() throws Exception {
    source.write("1.root.json", bytes("a root"));
    source.write("timestamp.json", bytes("by the old key"));
    mirror.follow();
    var turned = new AtomicBoolean();
    var turning =
        (RepositoryFiles)
            Proxy.newProxyInstance(
                RepositoryFiles.class.getClassLoader(),
                new Class<?>[] {RepositoryFiles.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("names") && turned.compareAndSet(false, true)) {
                    source.write("2.root.json", bytes("a root with another key"));
                    source.write("timestamp.json", bytes("by the new key"));
                  }
                  return method.invoke(source, arguments);
                });
    new RepositoryMirror(temp.resolve("served"), turning).follow();
    assertEquals(List.of("1.root.json", "2.root.json", "timestamp.json"), names());
    assertArrayEquals(bytes("by the new key"), served.read("timestamp.json", 100));
  }

  /// As when a server that kept its files here is told to use a database that holds none.
  @Test
  void while_there_is_no_repository_to_follow_nothing_is_taken_away() throws Exception {
    assertEquals(0, mirror.follow());
    assertEquals(List.of("1.root.json", "1.snapshot.json"), names());
  }
}
