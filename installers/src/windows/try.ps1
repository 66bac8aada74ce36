# Tries the MSI on a Windows that may be thrown away afterwards: as administrator, try.ps1 PACKAGE.
# A folder is planted in the place of the agent's own before it is installed.
param([Parameter(Mandatory)][string]$package)
$ErrorActionPreference = 'Stop'

function Check($what, [bool]$holds) {
  if (-not $holds) { throw "FAILED: $what" }
  Write-Output "ok: $what"
}
function Install([string[]]$arguments) {
  $process = Start-Process msiexec.exe -ArgumentList $arguments -Wait -PassThru
  return $process.ExitCode
}
function Await($what, [scriptblock]$holds) {
  for ($i = 0; $i -lt 60; $i++) {
    if (& $holds) { Write-Output "ok: $what"; return }
    Start-Sleep -Seconds 1
  }
  throw "FAILED: waited in vain for: $what"
}

$state = Join-Path $env:ProgramData 'Interdict'
$log = Join-Path $env:TEMP 'interdict.log'
$planted = New-Item -ItemType Directory $state
icacls $planted /setowner Guest | Out-Null

$given = 'SERVERURL=https://127.0.0.1:9', 'ENROLLTOKEN=t0ken-of-nobody', ('PINNEDKEY=sha256:' + 'ab' * 32)
Check 'installed' ((Install (@('/i', "`"$package`"", '/qn', '/l*v', "`"$log`"") + $given)) -eq 0)
Check 'the token is not in the log' (-not (Select-String -Path $log -Pattern 't0ken-of-nobody' -Quiet))
Check 'the service runs' ((Get-Service InterdictAgent).Status -eq 'Running')
$image = (Get-ItemProperty HKLM:\SYSTEM\CurrentControlSet\Services\InterdictAgent).ImagePath
Check 'the path of the service stands in quotes' ($image.StartsWith('"'))
Await 'the service sets its recovery' { (sc.exe qfailure InterdictAgent | Out-String) -match 'RESTART' }
Await 'the planted folder is set aside' { Test-Path "$state.not-ours-1" }
Await 'the agent has a folder of its own' { Test-Path $state }

$open = 'BUILTIN\\Users|Everyone|Authenticated Users|Guest'
Check 'nobody else enters the folder' (-not ((icacls $state | Out-String) -match $open))
$key = (Get-Acl HKLM:\SOFTWARE\Interdict\Enrolment).Access.IdentityReference -join ' '
Check 'nobody else reads the token' (-not ($key -match $open))
$program = Get-Acl (Join-Path $env:ProgramFiles 'Interdict Agent')
$writers = $program.Access | Where-Object { $_.IdentityReference -match $open -and $_.FileSystemRights -match 'Write|Modify|FullControl|ChangePermissions|TakeOwnership' }
Check 'nobody else writes to the program' (-not $writers)

Install @('/fa', "`"$package`"", '/qn', 'SERVERURL=https://evil', 'ENROLLTOKEN=evil') | Out-Null
$kept = Get-ItemProperty HKLM:\SOFTWARE\Interdict\Enrolment
Check 'a repair changes no setting' ($kept.INTERDICT_SERVER -eq 'https://127.0.0.1:9')

Check 'removed' ((Install @('/x', "`"$package`"", '/qn')) -eq 0)
Check 'no service is left' (-not (Get-Service InterdictAgent -ErrorAction SilentlyContinue))
Check 'no setting is left' (-not (Test-Path HKLM:\SOFTWARE\Interdict))
Check 'the state stays' (Test-Path $state)
