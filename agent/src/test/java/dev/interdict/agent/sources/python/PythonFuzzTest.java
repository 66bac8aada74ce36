package dev.interdict.agent.sources.python;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FolderTree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.SourceFuzz;
import dev.interdict.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What pip, pipx, uv and conda write into a home.
class PythonFuzzTest {
  private static final String SITE = "home/ada/.local/lib/python3.11/site-packages/";
  private static final String METADATA = "Metadata-Version: 2.1\nName: Foo.Bar\nVersion: 1.2.3\n";
  private static final String RECORD =
      """
      ../../../bin/foo,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0
      foo/__init__.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0
      "foo/a,b.py",,
      foo/_bundled/foo,,
      foo_bar-1.2.3.dist-info/direct_url.json,,
      """;

  @TempDir Path root;

  @Test
  void metadata_of_distributions() throws Exception {
    Fuzz.of("python-metadata")
        .seeds(METADATA)
        .words("Name:", "Version:", "../", "\r\n")
        .refuses(UnreadableException.class)
        .run(input -> {
          Files.write(root.resolve("METADATA"), input);
          CoreMetadata.read(new FolderTree(root), BytePath.parse("/METADATA"));
        });
  }

  @Test
  void lists_of_installed_files() throws Exception {
    var fuzz = SourceFuzz.below(root);
    fuzz.station()
        .planting
        .file(SITE + "foo_bar-1.2.3.dist-info/METADATA", METADATA)
        .file(SITE + "foo/__init__.py", "")
        .program(SITE + "foo/_bundled/foo")
        .file("home/ada/.local/bin/foo", "")
        .file("home/ada/foo", "");
    fuzz.scans(
        "python-record", new PythonSource(), SITE + "foo_bar-1.2.3.dist-info/RECORD", RECORD);
  }

  @Test
  void lists_of_an_earlier_time() throws Exception {
    Files.createDirectory(root.resolve("old.egg-info"));
    Fuzz.of("python-installed-files")
        .seeds("../old/__init__.py\n../../../../bin/old\nPKG-INFO\n")
        .words("../", "bin/", "Scripts/", "__pycache__", "\"", ",sha256=")
        .run(input -> {
          Files.write(root.resolve("old.egg-info/installed-files.txt"), input);
          var tree = new FolderTree(root);
          var files = InstalledFiles.legacy(tree, BytePath.parse("/old.egg-info"));
          for (var path : Objects.requireNonNull(files).paths()) {
            assertTrue(BytePath.ROOT.resolve(path).depth() > 0);
          }
        });
  }

  @Test
  void receipts_of_tools() throws Exception {
    Fuzz.of("pipx-metadata")
        .seeds("{\"injected_packages\": {}, \"main_package\": {\"package\": \"foo-bar\"}}")
        .run(input -> {
          Files.write(root.resolve("pipx_metadata.json"), input);
          SoleTool.of(new FolderTree(root), BytePath.ROOT);
        });
    Fuzz.of("uv-receipt")
        .seeds("[tool]\nrequirements = [{ name = \"foo-bar\", extras = [\"x\"], ok = true }]\n")
        .words("[tool]", "requirements", "=", "[", "]", "{", "}", "\"", ",")
        .run(input -> UvReceipt.only(new String(input, StandardCharsets.UTF_8)));
  }

  @Test
  void environments_that_conda_lists() throws Exception {
    SourceFuzz.below(root)
        .scans(
            "conda-environments",
            new PythonSource(),
            "home/ada/.conda/environments.txt",
            "/home/ada/miniconda3\nC:\\Users\\ada\\miniconda3\n");
  }
}
