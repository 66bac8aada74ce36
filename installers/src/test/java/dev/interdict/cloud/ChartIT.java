package dev.interdict.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.store.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The chart as Helm renders it. No cluster takes part: objects are held against Kubernetes' own
/// descriptions, settings against the server that reads them.
@EnabledOnOs(OS.LINUX)
class ChartIT {
  private static final String FOLDER = "/var/lib/interdict/server";

  @TempDir private Path folder;

  private Chart chart() throws IOException {
    return new Chart(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "two", "one,ingress", "two,ingress"})
  void every_example_is_what_kubernetes_takes_and_runs_without_any_right(String examples)
      throws IOException {
    var all = chart().rendered(examples.split(",", -1));
    for (var each : all) {
      if (!Chart.is(each, "ServiceMonitor")) {
        Chart.check(each);
      }
    }
    for (var each : all) {
      if (Chart.is(each, "StatefulSet") || Chart.is(each, "Job")) {
        hardened(Chart.map(Chart.at(each, "spec", "template", "spec")));
      }
    }
  }

  private static void hardened(Map<String, Object> pod) {
    assertEquals(false, Chart.at(pod, "automountServiceAccountToken"));
    assertEquals(true, Chart.at(pod, "securityContext", "runAsNonRoot"));
    assertEquals(10001, Chart.at(pod, "securityContext", "runAsUser"));
    assertEquals("RuntimeDefault", Chart.at(pod, "securityContext", "seccompProfile", "type"));
    var containers = new ArrayList<>(Chart.maps(Chart.at(pod, "containers")));
    if (pod.containsKey("initContainers")) {
      containers.addAll(Chart.maps(Chart.at(pod, "initContainers")));
    }
    var volumes =
        new TreeSet<>(
            Chart.maps(Chart.at(pod, "volumes")).stream().map(each -> each.get("name")).toList());
    volumes.add("data");
    for (var container : containers) {
      var security = Chart.map(Chart.at(container, "securityContext"));
      assertEquals(true, Chart.at(security, "readOnlyRootFilesystem"));
      assertEquals(false, Chart.at(security, "allowPrivilegeEscalation"));
      assertEquals(List.of("ALL"), Chart.at(security, "capabilities", "drop"));
      assertFalse(Chart.map(Chart.at(security, "capabilities")).containsKey("add"));
      for (var mount : Chart.maps(Chart.at(container, "volumeMounts"))) {
        assertTrue(volumes.contains(mount.get("name")), "no volume for " + mount);
      }
      assertEquals("1Gi", Chart.at(container, "resources", "limits", "memory"));
    }
  }

  @Test
  void one_server_sets_itself_up_with_words_that_the_program_takes() throws Exception {
    var all = chart().rendered("one");
    var pod = Chart.at(Chart.one(all, "StatefulSet", "server"), "spec", "template", "spec");
    var password = folder.resolve("password");
    Files.writeString(password, "correct horse battery staple");
    var words =
        ((List<?>) Chart.at(pod, "initContainers", 0, "args"))
            .stream()
                .map(String::valueOf)
                .map(word -> word.replace(FOLDER, folder.resolve("server").toString()))
                .map(word -> word.replace("/etc/interdict/admin/password", password.toString()))
                .toList();
    Run.ok(Served.command(words.toArray(String[]::new)).toArray(String[]::new));
    assertEquals(List.of("run", FOLDER), Chart.at(pod, "containers", 0, "args"));
    var settings = settings(all, "server");
    assertEquals("IT of Example", settings.issuer());
    assertTrue(settings.database() instanceof Location.File);
    assertEquals(Path.of("/etc/interdict/tls/keystore.p12"), settings.tls());
    assertTrue(all.stream().noneMatch(each -> Chart.is(each, "PodDisruptionBudget")));
  }

  @Test
  void two_servers_share_keys_and_database_and_no_volume_and_no_machine() throws Exception {
    var all = chart().rendered("two");
    var set = Chart.one(all, "StatefulSet", "server");
    assertEquals(2, Chart.at(set, "spec", "replicas"));
    assertEquals(
        List.of("ReadWriteOnce"),
        Chart.at(set, "spec", "volumeClaimTemplates", 0, "spec", "accessModes"));
    var pod = Chart.map(Chart.at(set, "spec", "template", "spec"));
    assertFalse(pod.containsKey("initContainers"), "its keys were made elsewhere");
    assertEquals(
        "DoNotSchedule", Chart.at(pod, "topologySpreadConstraints", 0, "whenUnsatisfiable"));
    assertEquals(
        1, Chart.at(Chart.one(all, "PodDisruptionBudget", "server"), "spec", "maxUnavailable"));
    for (var name : List.of("server", "migrate")) {
      var database = ((Location.Postgres) settings(all, name).database());
      assertEquals(Path.of("/etc/interdict/database/password"), database.passwordFile());
      assertTrue(
          database.url().written().contains("sslrootcert=/etc/interdict/database-ca/ca.crt"));
    }
    var job = Chart.one(all, "Job", "migrate");
    assertEquals("pre-install,pre-upgrade", Chart.at(job, "metadata", "annotations", "was.hook"));
    var container = Chart.at(job, "spec", "template", "spec", "containers", 0);
    assertEquals(List.of("migrate", "--server-dir", FOLDER), Chart.at(container, "args"));
    assertTrue(String.valueOf(Chart.at(container, "image")).contains("@sha256:"));
  }

  @Test
  void workstations_and_people_are_led_to_ports_of_their_own() throws IOException {
    var all = chart().rendered("two", "ingress");
    var pod = Chart.at(Chart.one(all, "StatefulSet", "server"), "spec", "template");
    var labels = Chart.map(Chart.at(pod, "metadata", "labels"));
    var ports = Chart.maps(Chart.at(pod, "spec", "containers", 0, "ports"));
    for (var listener : List.of("device", "admin")) {
      var service = Chart.one(all, "Service", "-" + listener);
      assertTrue(
          labels
              .entrySet()
              .containsAll(Chart.map(Chart.at(service, "spec", "selector")).entrySet()));
      assertEquals(listener, Chart.at(service, "spec", "ports", 0, "targetPort"));
      assertTrue(ports.stream().anyMatch(port -> listener.equals(port.get("name"))));
      var ingress = Chart.one(all, "Ingress", "-" + listener);
      var paths = Chart.maps(Chart.at(ingress, "spec", "rules", 0, "http", "paths"));
      assertEquals(
          listener.equals("device") ? List.of("/tuf/", "/agent/") : List.of("/"),
          paths.stream().map(path -> path.get("path")).toList());
      for (var path : paths) {
        assertEquals(Chart.name(service), Chart.at(path, "backend", "service", "name"));
      }
    }
    var job = Chart.map(Chart.at(Chart.one(all, "Job", "migrate"), "spec", "template", "metadata"));
    assertFalse(
        Chart.map(Chart.at(job, "labels"))
            .entrySet()
            .containsAll(
                Chart.map(Chart.at(Chart.one(all, "Service", "-device"), "spec", "selector"))
                    .entrySet()),
        "no request goes to a migration");
    var rules = Chart.maps(Chart.at(Chart.one(all, "NetworkPolicy", "server"), "spec", "ingress"));
    assertEquals(
        List.of("device", "admin", "metrics"),
        rules.stream().map(rule -> Chart.at(rule, "ports", 0, "port")).toList());
    var monitor = Chart.one(all, "ServiceMonitor", "server");
    var wanted = Chart.map(Chart.at(monitor, "spec", "selector", "matchLabels"));
    var watched =
        all.stream()
            .filter(each -> Chart.is(each, "Service"))
            .filter(each ->
                Chart.map(Chart.at(each, "metadata", "labels"))
                    .entrySet()
                    .containsAll(wanted.entrySet()))
            .map(Chart::name)
            .toList();
    assertEquals(1, watched.size(), watched.toString());
    assertEquals("metrics", Chart.at(monitor, "spec", "endpoints", 0, "port"));
  }

  @Test
  void nobody_reaches_the_console_before_somebody_is_named() throws IOException {
    var rules =
        Chart.maps(
            Chart.at(
                Chart.one(chart().rendered("one"), "NetworkPolicy", "server"), "spec", "ingress"));
    assertEquals(
        List.of("device"), rules.stream().map(rule -> Chart.at(rule, "ports", 0, "port")).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replicas: 2", // SQLite
        "replicas: 0",
        "server: {url: 'http://interdict.example.com'}",
        "server: {issuer: ''}",
        "server: {trustedProxies: [proxy.example.com]}",
        "server: {settings: {bind: 0.0.0.0}}",
        "server: {settings: {database: {url: x}}}",
        "tls: {existingSecret: ''}",
        "admin: {existingSecret: ''}",
        "keys: {existingSecret: interdict-keys}", // SQLite
        "database: {url: 'jdbc:postgresql://db.example.com/interdict'}", // no password
        "database: {url: 'jdbc:h2:mem:x', existingSecret: d}",
        "persistence: {accessModes: [ReadWriteMany]}",
        "image: {digest: 'sha256:12'}",
        "ingress: {device: {enabled: true}}",
        "networkPolicy: {databasePort: 0}",
        "securityContext: {privileged: true}",
        """
        ingress:
          device: {enabled: true, host: a.example.com, tlsSecret: t}
          admin: {enabled: true, host: a.example.com, tlsSecret: t}
        """
      })
  void values_that_cannot_be_meant_are_refused(String values) throws IOException {
    var file = folder.resolve("values.yaml");
    Files.writeString(file, values);
    var given = List.of(Path.of("src/chart/examples/one.yaml"), file);
    var chart = chart();
    assertThrows(IllegalStateException.class, () -> chart.rendered(given));
  }

  /// The settings that a pod is given, as the server reads them.
  private Settings settings(List<Map<String, Object>> all, String end) throws IOException {
    var text = Chart.at(Chart.one(all, "ConfigMap", end), "data", "server.yaml");
    var place = Files.createDirectories(folder.resolve("read-" + end));
    Files.writeString(place.resolve("server.yaml"), (String) text);
    return Settings.read(new ServerFolder(place));
  }
}
