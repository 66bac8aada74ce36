package dev.interdict.agent.sources;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.Source;
import dev.interdict.fuzz.Fuzz;
import java.nio.file.Files;
import java.nio.file.Path;

/// Fuzzes a record that users own and a source reads. Whatever it holds, the source goes on, what
/// it sees is either an item or a gap, and nothing that an item of a home names lies outside the
/// home.
public record SourceFuzz(Path root, Workstation station) {

  /// On a fresh workstation below `root`.
  public static SourceFuzz below(Path root) {
    return new SourceFuzz(root, new Workstation(root));
  }

  /// @param parser its name in the list of fuzzed parsers
  /// @param path of the record, from the workstation's root
  /// @param seeds what the record looks like when all is well
  public void scans(String parser, Source source, String path, String... seeds) throws Exception {
    run(Fuzz.of(parser).seeds(seeds), source, path);
  }

  /// The same for a record of bytes.
  public void scans(String parser, Source source, String path, byte[] seed) throws Exception {
    run(Fuzz.of(parser).seeds(seed), source, path);
  }

  private void run(Fuzz fuzz, Source source, String path) throws Exception {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    fuzz.words("../../", "/etc/", "~/", "${HOME}", "node_modules", "@", "file:///", "C:\\")
        .run(input -> {
          Files.write(file, input);
          var seen = station.seenBy(source);
          for (var item : seen.items()) {
            var home = item.owner();
            assertTrue(
                home == null
                    || item.parts().stream().allMatch(part -> part.path().startsWith(home.path())),
                () -> "outside the home: " + item);
          }
        });
  }
}
