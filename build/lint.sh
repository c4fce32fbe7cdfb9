#!/usr/bin/env bash
# Reads what no build reads: every YAML file, every script, and that compose.yaml locks its services. Needs python3-yaml; shellcheck where there is one.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python3 - <<'PYTHON'
import pathlib, sys, yaml

problems = []
files = [*pathlib.Path(".github").rglob("*.yml"), pathlib.Path("compose.yaml")]
read = {}
for file in files:
    try:
        read[str(file)] = yaml.safe_load(file.read_text())
    except yaml.YAMLError as problem:
        problems.append(f"{file}: {problem}")

for file, workflow in read.items():
    if "/workflows/" not in file:
        continue
    # YAML reads the word "on" as true.
    for name in ("name", True, "permissions", "jobs"):
        if name not in workflow:
            problems.append(f"{file}: has no {'on' if name is True else name}")
    for job_name, job in workflow["jobs"].items():
        for name in ("runs-on", "timeout-minutes", "steps"):
            if name not in job:
                problems.append(f"{file}: job {job_name} has no {name}")
        needed = job.get("needs", [])
        for other in [needed] if isinstance(needed, str) else needed:
            if other not in workflow["jobs"]:
                problems.append(f"{file}: job {job_name} needs {other}, which is not there")
        for step in job["steps"]:
            if ("run" in step) == ("uses" in step):
                problems.append(f"{file}: job {job_name}: a step has either run or uses: {step}")

for name, service in read.get("compose.yaml", {}).get("services", {}).items():
    if service.get("read_only") is not True or service.get("cap_drop") != ["ALL"] or "no-new-privileges:true" not in service.get("security_opt", []):
        problems.append(f"compose.yaml: {name} is not locked: read_only, cap_drop and no-new-privileges belong to it")
    if service.get("privileged") or any("docker.sock" in str(volume) for volume in service.get("volumes", [])):
        problems.append(f"compose.yaml: {name} has rights over the host")

print("\n".join(problems) or f"lint: {len(read)} YAML files are in order")
sys.exit(bool(problems))
PYTHON
for script in build/*.sh deploy/*.sh; do bash -n "$script"; done
! command -v shellcheck >/dev/null 2>&1 || shellcheck build/*.sh deploy/*.sh test etrade-bot
