package dev.interdict.bill;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Writes a package's bill of materials: `BillOfMaterials BILL LIB RUNTIME OUT`. BILL is the
/// module's own as Maven made it, LIB the folder with the package's jars, RUNTIME the Java that
/// goes with them, linked by the one that runs this.
public final class BillOfMaterials {
  private static final int LARGEST = 16 << 20;

  private BillOfMaterials() {}

  public static void main(String[] arguments) throws IOException {
    var bill = Path.of(arguments[0]);
    var lib = Path.of(arguments[1]);
    try {
      var limits = JsonLimits.FOREIGN.withBytes(LARGEST);
      var module = (Json.Obj) JsonReader.read(Files.readAllBytes(bill), limits);
      var runtime = LinkedRuntime.in(Path.of(arguments[2]));
      Files.write(Path.of(arguments[3]), JsonWriter.pretty(with(runtime, Jars.in(lib), module)));
    } catch (NoSuchFileException e) {
      fail(e.getFile() + " is missing; the bill of a module is not made with Maven's -o");
    } catch (JsonException e) {
      fail(bill + " is no bill of materials: " + e.getMessage());
    } catch (MismatchException e) {
      fail(bill + " does not fit " + lib + ": " + e.getMessage());
    }
  }

  private static void fail(String message) {
    System.err.println(message);
    System.exit(1);
  }

  /// The bill of a package that holds exactly these jars and this runtime.
  ///
  /// @throws MismatchException if the bill lacks a jar, has one too many, or knows another content
  static Json.Obj with(LinkedRuntime runtime, Jars jars, Json.Obj bill) throws MismatchException {
    var own = object(object(bill, "metadata"), "component");
    var components = new ArrayList<>(array(bill, "components"));
    jars.mustBe(own, components);
    components.add(runtime.component());
    var dependencies = new ArrayList<Json>();
    for (var each : array(bill, "dependencies")) {
      var isOwn = each instanceof Json.Obj node && text(node, "ref").equals(text(own, "bom-ref"));
      dependencies.add(isOwn ? needing(runtime, (Json.Obj) each) : each);
    }
    dependencies.add(Json.object().put("ref", runtime.reference()).build());
    var members = new LinkedHashMap<>(bill.members());
    members.put("components", new Json.Arr(components));
    members.put("dependencies", new Json.Arr(dependencies));
    return new Json.Obj(members);
  }

  private static Json.Obj needing(LinkedRuntime runtime, Json.Obj node) {
    var needed = new ArrayList<>(array(node, "dependsOn"));
    needed.add(new Json.Text(runtime.reference()));
    var members = new LinkedHashMap<>(node.members());
    members.put("dependsOn", new Json.Arr(needed));
    return new Json.Obj(members);
  }

  static Json.Obj object(Json.Obj in, String name) {
    return in.get(name) instanceof Json.Obj found ? found : Json.object().build();
  }

  static List<Json> array(Json.Obj in, String name) {
    return in.get(name) instanceof Json.Arr found ? found.items() : List.of();
  }

  static String text(Json.Obj in, String name) {
    return in.get(name) instanceof Json.Text found ? found.value() : "";
  }
}
