/**
 * Script of the page beside a slider's still pictures. It looks for the panel of widgets, which is alive while a kernel
 * answers: then the still pictures are hidden. If it is not (a notebook opened again with another kernel, a kernel that
 * has ended), the place where the page would say "model not found" is hidden instead.
 *
 * JupyterLab gives every output its media type as an attribute, except to widgets; and its sliders no name that is read aloud.
 *
 * While a slider has the keyboard, arrow keys are for it, and Enter and the space bar for the words below a picture: JupyterLab and
 * Notebook would take them for their own and go to another cell, or into the cell.
 *
 * The words below a picture are replaced with it: those of the next one are open if these were.
 *
 * As text: it must not depend on how this package is compiled.
 */
export function stillScript(id: string): string {
  return `(function(){
if(!window.flowlabSliderKeys){window.flowlabSliderKeys=true;
window.addEventListener("keydown",function(event){
var slider=event.target.closest&&event.target.closest("[class*=flowlab-live-] .noUi-handle,[data-flowlab-live] input,[class*=flowlab-live-] summary,[data-flowlab-live] summary");
if(!slider)return;
var own=(slider.localName==="summary"?/^(Enter| )$/:/^(Arrow|Home|End|Page)/).test(event.key)&&!event.ctrlKey&&!event.metaKey&&!event.altKey;
if(own)slider.setAttribute("data-lm-suppress-shortcuts","true");
else slider.removeAttribute("data-lm-suppress-shortcuts")},true)}
var me=document.currentScript&&document.currentScript.closest("[data-flowlab-live]");
var nodes=me?[me]:document.querySelectorAll("[data-flowlab-live='${id}']:not([data-flowlab-state])");
Array.prototype.forEach.call(nodes,start);
function start(node){
if(node.dataset.flowlabState)return;
node.dataset.flowlabState="still";
var area=node.closest(".jp-OutputArea")||document.body;
var eye=new MutationObserver(look);
eye.observe(area,{childList:true,subtree:true,attributes:true,attributeFilter:["class"]});
var open=false;
function ours(element){
var words=element.closest&&element.closest("[data-flowlab-words]");
return words&&words.closest(".flowlab-live-${id},[data-flowlab-live='${id}']")?words:null}
area.addEventListener("toggle",function(event){
if(event.target===ours(event.target)){open=event.target.open;unfold()}},true);
function draw(picture){
var box=node.querySelector("[data-flowlab-picture]"),words=box.querySelector("[data-flowlab-words]");
if(words)open=words.open;
box.innerHTML=picture;unfold()}
function unfold(){
Array.prototype.forEach.call(document.querySelectorAll(".flowlab-live-${id} [data-flowlab-words],[data-flowlab-live='${id}'] [data-flowlab-words]"),function(words){
if(open&&!words.open)words.open=true})}
function look(){
unfold();
var panel=document.querySelector(".flowlab-live-${id}:not(.jupyter-widgets-disconnected)"),alive=!!panel;
if(panel)panel.querySelectorAll(".noUi-handle:not([aria-label])").forEach(function(handle){
var label=handle.closest(".widget-slider").querySelector(".widget-label");
handle.setAttribute("aria-label",label?label.textContent:"slider")});
var mine=node.closest(".jp-OutputArea-child"),before=mine&&mine.previousElementSibling;
var view=before&&before.querySelector(".jp-OutputArea-output:not([data-mime-type])");
put(mine||node,!alive);
if(view)put(before,alive);
node.dataset.flowlabState=alive?"live":"still"}
function put(element,seen){var to=seen?"":"none";if(element.style.display!==to)element.style.display=to}
look();
// A panel that is put on the page a moment later, where there is no area to watch.
setTimeout(look,1500);
var inputs=Array.prototype.slice.call(node.querySelectorAll("input")),frames;
node.querySelector("[data-flowlab-inputs]").hidden=false;
function unpack(){
if(!frames){
var bytes=Uint8Array.from(atob(node.querySelector("[data-flowlab-frames]").textContent),function(c){return c.charCodeAt(0)});
frames=new Response(new Response(bytes).body.pipeThrough(new DecompressionStream("gzip"))).json()}
return frames}
function say(input){
var text=JSON.parse(input.dataset.flowlabTexts)[+input.value];
input.setAttribute("aria-valuetext",text);
input.parentNode.querySelector("output").textContent=text}
inputs.forEach(function(input,i){input.addEventListener("input",function(){
inputs.forEach(function(other){if(other!==input)other.value=other.dataset.flowlabFirst;say(other)});
unpack().then(function(all){draw(all[i][+input.value])})})});
if(inputs.length)unpack().then(function(all){draw(all[0][+inputs[0].value])})}
})()`;
}
