#!/bin/sh
# How Cloudflare Pages builds the site. In the project's settings, write “sh .cloudflare/build.sh” as
# the build command, “site” as the build output directory, and PYTHON_VERSION 3.12 as a variable. For
# a build by the clock, add a deploy hook and have any scheduler call it once a day.
set -eu
pip install "<< package >>"<< zensical >>
<% if engine == "zensical" %>
impldays build --strict
<% else %>
impldays check
mkdocs build --strict
<% endif %>
