# shellcheck shell=bash disable=SC2154,SC2028
# Sourced by build.sh: what wixl cannot say, written into the package's tables.
# In: $here, $package, $work, $tree, $product_version, $upgrade_code, $version, $libraries, $runtime, id().
#
# What holds here (checked by WindowsPackageTest):
# - No custom action runs a program or a library: they set properties (51) or end with words (19). But
#   for one (3154), which only a removal runs, and that is an administrator's: the agent itself, without
#   a window, tells the server that it leaves. An upgrade takes the earlier version off without it.
# - The registry is written at the first installation alone. A repair, which anybody may start,
#   carries nobody's property anywhere.
# - The installation's folder is fixed: its name is no public property.

# table NAME "COLUMNS" "TYPES" "KEYS": rows follow on standard input, "|" between fields
table() {
  {
    printf '%s\r\n' "$2" | tr '|' '\t'
    printf '%s\r\n' "$3" | tr '|' '\t'
    printf '%s|%s\r\n' "$1" "$4" | tr '|' '\t'
    tr '|' '\t' | sed 's/$/\r/'
  } >"$work/$1.idt"
  msibuild "$package" -i "$work/$1.idt"
}

sql() { msibuild "$package" -q "$1"; }

# Folders and keys: the system and administrators; where programs are, everybody may read.
closed='D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'
readable="$closed(A;OICI;0x1200a9;;;BU)"
closed_key='D:P(A;CI;KA;;;SY)(A;CI;KA;;;BA)'

# Public names are what an administrator may give; the others nobody can set from outside.
given='SERVERURL INTERDICT_SERVER
PINNEDKEY INTERDICT_ROOT_KEY
ENROLLTOKEN INTERDICT_ENROL_TOKEN
ENROLLTOKENFILE INTERDICT_ENROL_TOKEN_FILE
CAFILE INTERDICT_CA_FILE
PROXY INTERDICT_PROXY'

if [ -n "$runtime" ]; then
  jvm='[InstallDir]runtime\bin\server\jvm.dll'
  java_search=
  java_needed=
else
  jvm='[Jvm]'
  java_search=yes
  java_needed='Jvm OR Installed|This package brings no Java. Install Java 25 or newer where only administrators can write, and give JAVAHOME=its folder.'
fi

# The latest state that this version reads; what an agent has written says it in the registry too.
state_version=$(cat "$here/../packages/agent/tree/usr/lib/interdict-agent/state-version")

# The Java that has no window; an installed one of somebody else's is not started as the system for this.
leaving=
if [ -n "$runtime" ] && [ -f "$tree/runtime/bin/javaw.exe" ]; then
  leaving=f$(id runtime/bin/javaw.exe)
fi

host='SOFTWARE\WOW6432Node\Apache Software Foundation\Procrun 2.0\InterdictAgent\Parameters'
entry=dev.interdict.agent.cli.WindowsService
# As on Linux, without what that system alone has. The agent writes files of its own, which are bounded:
# the host opens its own (StdOutput, StdError) once, at the start, and lets them grow.
options='-XX:+UseSerialGC[~]-Xms4m[~]-Xmx64m[~]-Xmn1m[~]-XX:MinHeapFreeRatio=10[~]-XX:MaxHeapFreeRatio=20[~]-XX:-UsePerfData[~]-XX:+DisableAttachMechanism[~]-XX:TieredStopAtLevel=1[~]--enable-native-access=ALL-UNNAMED[~]-Dslf4j.provider=dev.interdict.agent.log.LineLogProvider[~]-Dslf4j.internal.verbosity=WARN[~]-Dinterdict.log.folder=[LogDir][~]-Djna.boot.library.path=[InstallDir]lib\native[~]-Djna.nosys=true[~]-Djna.nounpack=true'

# Root 2 is HKEY_LOCAL_MACHINE; where a value has no name, "+" makes the key alone.
{
  echo "Registered|2|SOFTWARE\\Interdict\\Agent|Version|$version|Registered"
  echo "Jvm|2|SOFTWARE\\Interdict\\Agent|Jvm|$jvm|Registered"
  echo "Installed|2|SOFTWARE\\Interdict\\Enrolment|Installed|1|Enrolment"
  echo "$given" | while read -r property name; do
    echo "$property|2|SOFTWARE\\Interdict\\Enrolment|$name|[$property]|Enrolment"
  done
  while IFS='|' read -r key name value; do
    echo "Host$key$name|2|$host\\$key|$name|$value|Registered"
  done <<ROWS
Java|Jvm|$jvm
Java|Options|$options
Java|Classpath|${libraries#;}
Start|Mode|jvm
Start|Class|$entry
Start|Method|start
Start|WorkingPath|[InstallDir]
Stop|Mode|jvm
Stop|Class|$entry
Stop|Method|stop
Stop|Timeout|#60
Log|Path|[LogDir]
Log|Prefix|service
Log|Level|Info
Log|StdOutput|auto
Log|StdError|auto
ROWS
} | table Registry 'Registry|Root|Key|Name|Value|Component_' 's72|i2|l255|L255|L0|s72' Registry

sql "UPDATE \`Component\` SET \`KeyPath\`='Registered' WHERE \`Component\`='Registered'"
sql "UPDATE \`Component\` SET \`KeyPath\`='Installed' WHERE \`Component\`='Enrolment'"

# Of the enrolment's key every row, so that it never stands open, however they are ordered.
{
  echo "LockInstallDir|InstallDir|CreateFolder|$readable|"
  echo "LockLogDir|LogDir|CreateFolder|$closed|"
  echo "LockInstalled|Installed|Registry|$closed_key|"
  echo "$given" | while read -r property _; do
    echo "Lock$property|$property|Registry|$closed_key|"
  done
} | table MsiLockPermissionsEx 'MsiLockPermissionsEx|LockObject|Table|SDDLText|Condition' 's72|s72|s32|s0|S255' MsiLockPermissionsEx
printf 'InstallDir|Registered\nLogDir|Registered\n' |
  table CreateFolder 'Directory_|Component_' 's72|s72' 'Directory_|Component_'

# What an earlier version was told and the agent has not used yet is told the next one as well, which
# takes the earlier one off before it writes. Names in capitals alone could be given from outside.
{
  echo "$given" | while read -r property name; do
    echo "Before$property|Search$property"
  done
  echo 'StateVersion|SearchStateVersion'
  if [ -n "$java_search" ]; then
    printf 'JvmBefore|SearchJvmBefore\nJvmGiven|SearchJvmGiven\n'
  fi
} | table AppSearch 'Property|Signature_' 's72|s72' 'Property|Signature_'
{
  echo "$given" | while read -r property name; do
    echo "Search$property|2|SOFTWARE\\Interdict\\Enrolment|$name|18"
  done
  echo 'SearchStateVersion|2|SOFTWARE\Interdict\State|Version|18'
  if [ -n "$java_search" ]; then
    echo 'SearchJvmBefore|2|SOFTWARE\Interdict\Agent|Jvm|17'
  fi
} | table RegLocator 'Signature_|Root|Key|Name|Type' 's72|i2|s255|S255|I2' Signature_
if [ -n "$java_search" ]; then
  # The version of jvm.dll is Java's.
  printf 'SearchJvm%s|jvm.dll|25.0.0.0||||||\n' Before Given |
    table Signature 'Signature|FileName|MinVersion|MaxVersion|MinSize|MaxSize|MinDate|MaxDate|Languages' 's72|s255|S20|S20|I4|I4|I4|I4|S255' Signature
  echo 'SearchJvmGiven||[JAVAHOME]\bin\server|0' |
    table DrLocator 'Signature_|Parent|Path|Depth' 's72|S72|S255|I2' 'Signature_|Parent|Path'
fi

{
  echo "$given" | while read -r property _; do
    echo "Keep$property|51|$property|[Before$property]"
  done
  if [ -n "$java_search" ]; then
    printf 'KeepJvm|51|Jvm|[JvmBefore]\nTakeJvm|51|Jvm|[JvmGiven]\n'
  fi
  if [ -n "$leaving" ]; then
    echo "LeaveServer|3154|$leaving|-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx128m --enable-native-access=ALL-UNNAMED -Djna.nosys=true -Djna.nounpack=true \"-Djna.boot.library.path=[InstallDir]lib\\native\" -cp \"[InstallDir]lib\\*\" dev.interdict.agent.cli.Main unenrol"
  fi
  echo 'RefuseOlder|19||A newer Interdict Agent is installed here, and its state may not be read by this one. Nothing was changed. Uninstall the newer one first if you mean it.'
} | table CustomAction 'Action|Type|Source|Target' 's72|i2|S72|S255' Action

printf '{%s}|0.0.0|%s||769||OLDERVERSION\n{%s}|%s|||2||NEWERVERSION\n' \
  "$upgrade_code" "$product_version" "$upgrade_code" "$product_version" |
  table Upgrade 'UpgradeCode|VersionMin|VersionMax|Language|Attributes|Remove|ActionProperty' 's38|S20|S20|S255|i4|S255|s72' 'UpgradeCode|VersionMin|VersionMax|Language|Attributes'

{
  echo 'VersionNT64 >= 603 OR Installed|The Interdict Agent needs 64-bit Windows 10 (1607) or later.'
  # Compared as numbers; what is none fails, as a newer one does.
  echo "NOT StateVersion OR StateVersion <= $state_version OR Installed|A newer Interdict Agent has written what lies in ProgramData here, and this one does not read it (its state is of version [StateVersion], $state_version is known). Nothing was changed. Install the newer one again."
  [ -z "$java_needed" ] || echo "$java_needed"
} | table LaunchCondition 'Condition|Description' 's255|l255' Condition

# The log says which value is written and never what it is: one of them is the token.
echo 'WriteRegistryValues|Writing system registry values|Key: [1], Name: [2]' |
  table ActionText 'Action|Description|Template' 's72|L64|L128' Action
echo 'Path|=-*PATH|[~];[InstallDir]bin|Registered' |
  table Environment 'Environment|Name|Value|Component_' 's72|l255|L255|s72' Environment

for property in \
  'ALLUSERS 1' \
  'ARPNOMODIFY 1' \
  'ARPNOREPAIR 1' \
  'MSIRESTARTMANAGERCONTROL Disable' \
  'REBOOT ReallySuppress' \
  'MsiHiddenProperties ENROLLTOKEN;BeforeENROLLTOKEN' \
  'SecureCustomProperties SERVERURL;PINNEDKEY;ENROLLTOKEN;ENROLLTOKENFILE;CAFILE;PROXY;JAVAHOME;OLDERVERSION;NEWERVERSION'; do
  sql "DELETE FROM \`Property\` WHERE \`Property\`='${property%% *}'"
  sql "INSERT INTO \`Property\` (\`Property\`, \`Value\`) VALUES ('${property%% *}', '${property#* }')"
done

# step ACTION SEQUENCE [CONDITION], of a silent installation; there are no dialogs.
step() {
  sql "DELETE FROM \`InstallExecuteSequence\` WHERE \`Action\`='$1'"
  if [ -n "${3:-}" ]; then
    sql "INSERT INTO \`InstallExecuteSequence\` (\`Action\`, \`Condition\`, \`Sequence\`) VALUES ('$1', '$3', $2)"
  else
    sql "INSERT INTO \`InstallExecuteSequence\` (\`Action\`, \`Sequence\`) VALUES ('$1', $2)"
  fi
}
step FindRelatedProducts 25
step RefuseOlder 30 'NEWERVERSION AND NOT Installed'
step AppSearch 50
at=60
for property in $(echo "$given" | cut -d' ' -f1); do
  step "Keep$property" $at "NOT $property AND Before$property"
  at=$((at + 1))
done
if [ -n "$java_search" ]; then
  step KeepJvm 80 JvmBefore
  step TakeJvm 81 JvmGiven
fi
step LaunchConditions 100
# After InstallInitialize: what fails later brings the older version back.
step RemoveExistingProducts 1501
if [ -n "$leaving" ]; then
  # The service has stopped, the files are there still.
  step LeaveServer 1950 'REMOVE="ALL" AND NOT UPGRADINGPRODUCTCODE'
fi
step RemoveEnvironmentStrings 3300
step RemoveFolders 3600
step CreateFolders 3700
step WriteRegistryValues 5000 'NOT Installed'
step WriteEnvironmentStrings 5200 'NOT Installed'
