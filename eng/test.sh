#!/usr/bin/env bash
# Builds the solution once, checks format and types, and runs every test project, whatever fails on the way.
# The last line is "N passed, N failed"; the exit code is 0 only when something passed and nothing failed.
#   eng/test.sh          everything
#   eng/test.sh --fast   without the browser journeys
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

fast=false
case "${1:-}" in
  '') ;;
  --fast) fast=true ;;
  *) echo "Unknown option '$1'; there is only --fast." >&2; exit 2 ;;
esac

# Debug: it is what 'dotnet run' and the Windows publish of the tests use too, so every room is compiled once.
configuration=Debug
limit=600
logs=artifacts/test-logs
passed=0
failed=0
skipped=0
broken=()

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1 MSBUILDTERMINALLOGGER=off
rm -rf "$logs"
mkdir -p "$logs"

fail() {
  failed=$((failed + $2))
  broken+=("$1")
}

# step NAME COMMAND...: runs a command that is not a test project; its failure counts as one, under its own name.
step() {
  local name=$1 start=$SECONDS log=$logs/$1.log
  shift
  if timeout --kill-after=10 900 "$@" < /dev/null > "$log" 2>&1; then
    printf '%-44s ok      %4d s\n' "$name" $((SECONDS - start))
  else
    printf '%-44s FAILED  %4d s\n' "$name" $((SECONDS - start))
    tail -n 40 "$log" | sed 's/^/    /'
    fail "$name" 1
    return 1
  fi
}

has_browser() {
  command -v chromium > /dev/null || command -v chromium-browser > /dev/null || command -v google-chrome > /dev/null
}

# Projects of extensions and of their tests. They are no part of the solution: without the folder everything else still stands.
extension_projects() {
  if [[ -d extensions ]]; then
    find extensions -name '*.csproj' -not -path '*/obj/*' | LC_ALL=C sort
  fi
}

# A restore, even a locked one, writes the lock file that is missing, so nobody would see later that it was not in the repository.
locked() {
  local missing=0 project
  while IFS= read -r project; do
    if [[ ! -f $(dirname "$project")/packages.lock.json ]]; then
      echo "$(dirname "$project")/packages.lock.json is missing; run 'dotnet restore' on the project or the solution and commit it."
      missing=1
    fi
  done < <(grep -oE '"[^"]+\.csproj"' RegionWebUI.sln | tr -d '"' | tr '\\' /; extension_projects)
  return "$missing"
}

check_locks() {
  if ! locked > "$logs/lock-files.log"; then
    printf '%-44s FAILED\n' lock-files
    sed 's/^/    /' "$logs/lock-files.log"
    fail lock-files 1
  fi
}

# suite PROJECTFILE: runs one test executable within the time limit and adds up its summary line.
suite() {
  local name start=$SECONDS log code=0 options=(-noColor -noLogo) summary program
  name=$(basename "$1" .csproj)
  log=$logs/$name.log
  program=$(dirname "$1")/bin/$configuration/net10.0/$name
  if [[ ! -x $program ]]; then
    printf '%-44s FAILED  not built\n' "$name"
    fail "$name was not built" 1
    return
  fi

  # Without a browser those tests skip themselves on a developer's machine; on CI that is a failure.
  if [[ $name == *Browser* && ${CI:-} == true ]]; then
    options+=(-failSkips)
  fi

  timeout --kill-after=10 "$limit" "$program" "${options[@]}" < /dev/null > "$log" 2>&1 || code=$?
  summary=$(grep -aE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+, Not Run: [0-9]+' "$log" | tail -n 1)
  local total=0 errors=0 bad=0 left=0 unrun=0
  if [[ $summary =~ Total:\ ([0-9]+),\ Errors:\ ([0-9]+),\ Failed:\ ([0-9]+),\ Skipped:\ ([0-9]+),\ Not\ Run:\ ([0-9]+) ]]; then
    total=${BASH_REMATCH[1]} errors=${BASH_REMATCH[2]} bad=${BASH_REMATCH[3]} left=${BASH_REMATCH[4]} unrun=${BASH_REMATCH[5]}
  fi

  local good=$((total - bad - left - unrun)) wrong=$((bad + errors))
  if ((wrong == 0 && (code != 0 || good == 0))); then
    wrong=1
  fi

  passed=$((passed + good))
  skipped=$((skipped + left))
  if ((wrong == 0)); then
    printf '%-44s ok      %4d s  %d passed, %d skipped\n' "$name" $((SECONDS - start)) "$good" "$left"
  else
    printf '%-44s FAILED  %4d s  %d passed, %d failed, %d skipped, exit code %d\n' "$name" $((SECONDS - start)) "$good" "$wrong" "$left" "$code"
    if ((code == 124 || code == 137)); then
      echo "    stopped after $limit s"
    fi

    if grep -aq '\[FAIL\]' "$log"; then
      grep -aA 12 '\[FAIL\]' "$log" | head -n 120 | sed 's/^/    /'
    else
      tail -n 30 "$log" | sed 's/^/    /'
    fi

    fail "$name" "$wrong"
  fi
}

if [[ $fast == false ]] && ! has_browser; then
  if [[ $(id -u) == 0 ]] && command -v apt-get > /dev/null; then
    step chromium env DEBIAN_FRONTEND=noninteractive bash -c 'apt-get update -q && apt-get install -y -q --no-install-recommends chromium'
  fi

  if ! has_browser; then
    echo "No Chromium was found: the browser journeys cannot run."
    if [[ ${CI:-} == true ]]; then
      fail "browser is missing" 1
    fi
  fi
fi

check_locks
if step restore dotnet restore RegionWebUI.sln --locked-mode \
  && step build dotnet build RegionWebUI.sln --no-restore --configuration "$configuration" --verbosity quiet -nodeReuse:false; then
  step format dotnet format RegionWebUI.sln --verify-no-changes --no-restore --verbosity quiet
  if [[ -f wwwroot-assets/tsconfig.json ]]; then
    step typescript npm run --silent check
  fi

  for project in tests/*.Tests/*.csproj; do
    name=$(basename "$project" .csproj)
    if [[ $fast == true && $name == *Browser* ]]; then
      continue
    fi

    suite "$project"
  done

  if [[ -n $(extension_projects) ]] \
    && step extensions-solution bash -c 'dotnet new sln --format sln --name Extensions --output artifacts --force --no-update-check \
      && dotnet sln artifacts/Extensions.sln add --include-references false "$@"' - $(extension_projects) \
    && step extensions-restore dotnet restore artifacts/Extensions.sln --locked-mode \
    && step extensions-build dotnet build artifacts/Extensions.sln --no-restore --configuration "$configuration" --verbosity quiet -nodeReuse:false; then
    step extensions-format dotnet format artifacts/Extensions.sln --verify-no-changes --no-restore --verbosity quiet
    for project in extensions/*/tests/*.Tests.csproj; do
      [[ -f $project ]] && suite "$project"
    done
  fi
fi

if ((passed + failed == 0)); then
  fail "no test ran" 1
fi

echo
echo "Took $SECONDS s; $skipped skipped; logs in $logs."
for name in "${broken[@]}"; do
  echo "Failed: $name"
done
echo "$passed passed, $failed failed"
((failed == 0 && passed > 0))
