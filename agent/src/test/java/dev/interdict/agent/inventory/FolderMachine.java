package dev.interdict.agent.inventory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A [Machine] whose homes lie in a real folder and whose processes are what the test says.
public final class FolderMachine implements Machine {
  private final Tree tree;
  private final List<HomeTree> homes = new ArrayList<>();
  private final List<RunningProcess> processes = new ArrayList<>();
  private final List<Gap> unopened = new ArrayList<>();

  public FolderMachine(Path root) {
    this(new FolderTree(root));
  }

  public FolderMachine(Tree tree) {
    this.tree = tree;
  }

  public FolderMachine withHome(String user, int uid) {
    return withHome(user, uid, tree);
  }

  public FolderMachine withHome(String user, int uid, Tree homeTree) {
    return withHome(new Home(user, uid, BytePath.parse("/home/" + user)), homeTree);
  }

  public FolderMachine withHome(Home home, Tree homeTree) {
    homes.add(new HomeTree(home, homeTree));
    return this;
  }

  public FolderMachine withProcess(RunningProcess process) {
    processes.add(process);
    return this;
  }

  public FolderMachine withUnopened(Gap gap) {
    unopened.add(gap);
    return this;
  }

  @Override
  public List<HomeTree> homes() {
    return List.copyOf(homes);
  }

  @Override
  public Tree system() {
    return tree;
  }

  @Override
  public List<RunningProcess> processes() {
    return List.copyOf(processes);
  }

  @Override
  public List<Gap> unopened() {
    return List.copyOf(unopened);
  }

  @Override
  public void close() {}
}
