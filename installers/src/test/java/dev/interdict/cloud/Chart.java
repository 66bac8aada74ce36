package dev.interdict.cloud;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The chart, rendered by Helm itself, and its objects as maps and lists.
final class Chart {
  private static final Path EXAMPLES = Path.of("src/chart/examples");
  private static final String MODELS = "io.kubernetes.client.openapi.models.V1";

  private final Path copy;

  /// @param folder where a copy is made, whose hooks are objects like others: Helm's library leaves
  ///   hooks out of what it renders
  Chart(Path folder) throws IOException {
    copy = folder.resolve("chart");
    var source = Path.of("src/chart/interdict-server");
    try (var files = Files.walk(source)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var to = copy.resolve(source.relativize(file));
        Files.createDirectories(to.getParent());
        Files.writeString(to, Files.readString(file).replace("helm.sh/hook", "was.hook"));
      }
    }
  }

  /// Renders it with these examples, one on top of the other.
  List<Map<String, Object>> rendered(String... examples) {
    var files = new ArrayList<Path>();
    for (var example : examples) {
      files.add(EXAMPLES.resolve(example + ".yaml"));
    }
    return rendered(files);
  }

  /// Renders it with values that stand in files.
  ///
  /// @throws IllegalStateException with what Helm says, where it refuses them
  List<Map<String, Object>> rendered(List<Path> values) {
    var template = new Helm(copy).template().withName("it").withNamespace("interdict");
    for (var file : values) {
      template.withValuesFile(file);
    }
    var all = new Load(LoadSettings.builder().build()).loadAllFromString(template.call());
    return StreamSupport.stream(all.spliterator(), false)
        .filter(Map.class::isInstance)
        .map(Chart::map)
        .toList();
  }

  /// Holds an object against Kubernetes' own description of its kind: unknown fields, missing ones,
  /// wrong kinds of values.
  ///
  /// @throws IllegalArgumentException with what does not fit
  static void check(Map<String, Object> object) {
    try {
      Class.forName(MODELS + object.get("kind"))
          .getMethod("validateJsonElement", JsonElement.class)
          .invoke(null, new Gson().toJsonTree(object));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException cause) {
        throw new UncheckedIOException(cause);
      }
      throw new IllegalArgumentException(object.get("kind") + ": " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("no kind of Kubernetes: " + object.get("kind"), e);
    }
  }

  /// The object of this kind whose name ends so.
  static Map<String, Object> one(List<Map<String, Object>> all, String kind, String end) {
    return all.stream()
        .filter(each -> is(each, kind) && name(each).endsWith(end))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " that ends with " + end));
  }

  static boolean is(Map<String, Object> object, String kind) {
    return kind.equals(object.get("kind"));
  }

  static String name(Map<String, Object> object) {
    return String.valueOf(at(object, "metadata", "name"));
  }

  /// What stands there: names of fields and places in lists.
  static Object at(Object in, Object... way) {
    var here = in;
    for (var step : way) {
      here = here instanceof List<?> list ? list.get((Integer) step) : map(here).get(step);
      if (here == null) {
        throw new AssertionError(step + " of " + List.of(way) + " is not in " + in);
      }
    }
    return here;
  }

  @SuppressWarnings("unchecked") // YAML with keys of text alone
  static Map<String, Object> map(Object object) {
    return (Map<String, Object>) object;
  }

  @SuppressWarnings("unchecked") // a list of such maps
  static List<Map<String, Object>> maps(Object object) {
    return (List<Map<String, Object>>) object;
  }
}
